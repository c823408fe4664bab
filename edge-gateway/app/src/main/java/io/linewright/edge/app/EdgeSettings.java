package io.linewright.edge.app;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of role {@code edge}.
 *
 * @param file the gateway file
 * @param dataDir the gateway's own directory: log, keys, marks
 */
@Validated
@ConfigurationProperties("linewright.edge")
public record EdgeSettings(@NotNull Path file, @NotNull Path dataDir) {}
