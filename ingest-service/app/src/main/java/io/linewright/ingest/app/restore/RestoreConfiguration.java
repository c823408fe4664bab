package io.linewright.ingest.app.restore;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RestoreSettings.class)
class RestoreConfiguration {

  /** After the migrations and before all that reads tables: nothing consumes or caches yet. */
  @Bean
  FlywayMigrationStrategy migrateThenRestore(DataSource dataSource, RestoreSettings settings) {
    return flyway -> {
      flyway.migrate();
      Restorer restorer = new Restorer(dataSource);
      Path archive = settings.file();
      if (archive == null) {
        restorer.requireNoneUnfinished();
      } else {
        restorer.restore(archive);
      }
    };
  }
}
