package io.linewright.gateway.app.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the signing keys are kept.
 *
 * @param masterFile file with the key that encrypts the signing keys in the database; it is made,
 *     readable by its owner only, when it does not exist and the database holds no key yet
 * @param maxAge a signing key older than this is followed by a new one at the next start
 */
@ConfigurationProperties("linewright.gateway.keys")
record KeySettings(@Nullable Path masterFile, @DefaultValue("90d") Duration maxAge) {

  KeySettings {
    if (masterFile == null) {
      throw new IllegalArgumentException(
          "linewright.gateway.keys.master-file is not set; give the path of a file that survives"
              + " restarts (it is created when missing)");
    }
    if (maxAge.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "linewright.gateway.keys.max-age must be at least 1d; it is " + maxAge);
    }
  }

  Path file() {
    return Objects.requireNonNull(masterFile, "masterFile");
  }
}
