package io.linewright.edge.app;

import io.linewright.edge.app.logic.EdgeStage;
import io.linewright.edge.app.reload.FileTakeover;
import io.linewright.edge.app.reload.FileWatch;
import io.linewright.edge.app.reload.GatewayFile;
import io.linewright.edge.app.reload.GatewayFileHealth;
import io.linewright.edge.app.reload.TakesFile;
import io.linewright.edge.app.uplink.Uplink;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Role {@code edge}: a changed gateway file is taken over while the gateway runs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "edge")
class ReloadConfiguration {

  /**
   * The order: what is new is declared before the stage or any driver hands it in; what is gone is
   * given up when neither does so any more.
   */
  @Bean
  FileTakeover fileTakeover(
      GatewayFile first,
      Uplink uplink,
      EdgeStage stage,
      EdgeDrivers drivers,
      List<TakesFile> others) {
    List<TakesFile> parts = new ArrayList<>(List.of(uplink::declare, stage::take));
    parts.addAll(others);
    parts.addAll(List.of(drivers::take, uplink::forget));
    return new FileTakeover(first, parts);
  }

  @Bean
  FileWatch fileWatch(FileTakeover takeover, EdgeSettings settings) {
    return new FileWatch(takeover, settings.reloadInterval());
  }

  @Bean
  GatewayFileHealth gatewayFileHealthIndicator(FileTakeover takeover) {
    return new GatewayFileHealth(takeover);
  }
}
