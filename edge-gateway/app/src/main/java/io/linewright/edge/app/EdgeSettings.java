package io.linewright.edge.app;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of role {@code edge}.
 *
 * @param file the gateway file
 * @param dataDir the gateway's own directory: log, keys, marks
 * @param reloadInterval time between two looks at the gateway file, whether it has changed; zero:
 *     it is read at the start only
 */
@Validated
@ConfigurationProperties("linewright.edge")
public record EdgeSettings(
    @NotNull Path file, @NotNull Path dataDir, @DefaultValue("2s") Duration reloadInterval) {}
