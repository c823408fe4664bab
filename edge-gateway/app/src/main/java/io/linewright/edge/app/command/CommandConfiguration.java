package io.linewright.edge.app.command;

import io.linewright.edge.app.EdgeDrivers;
import io.linewright.edge.app.EdgeSettings;
import io.linewright.edge.app.driver.TagWriter;
import io.linewright.edge.app.driver.ValueWatch;
import io.linewright.edge.app.reload.TakesFile;
import io.linewright.edge.app.uplink.Uplink;
import io.linewright.edge.command.StopSwitch;
import io.linewright.edge.config.EdgeFile;
import io.linewright.model.command.CommandProgress;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Role {@code edge}: writes to machines, between the uplink and the drivers. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "linewright.edge.role", havingValue = "edge")
class CommandConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(CommandConfiguration.class);

  /** What is written with, and told to, exists only later: drivers need the sink, it needs this. */
  @Bean
  Commands commands(
      EdgeFile file,
      EdgeSettings settings,
      InstantSource clock,
      ObjectProvider<EdgeDrivers> drivers,
      ObjectProvider<Uplink> uplink) {
    TagWriter writer = (tag, value, patience) -> drivers.getObject().write(tag, value, patience);
    try {
      CommandDesk desk =
          CommandDesk.open(
              settings.dataDir(),
              GatewayRules.of(file),
              writer,
              new ToUplink(uplink, clock),
              clock);
      return new Commands(Optional.of(desk));
    } catch (CommandStoreException unusable) {
      LOG.error("{}", unusable.getMessage()); // values are read and sent all the same
      return new Commands(Optional.empty());
    }
  }

  @Bean
  CommandInbox commandInbox(Commands commands, MeterRegistry meters) {
    CommandInbox inbox = new CommandInbox(commands.desk());
    FunctionCounter.builder("linewright.edge.commands.refused", inbox, CommandInbox::refused)
        .register(meters);
    commands
        .desk()
        .ifPresent(
            desk ->
                FunctionCounter.builder(
                        "linewright.edge.commands.passed.over", desk, CommandDesk::passedOver)
                    .register(meters));
    return inbox;
  }

  /** Guards look at what machines say, whether or not it is reported. */
  @Bean
  ValueWatch guardedValues(Commands commands) {
    return commands::watching;
  }

  @Bean
  TakesFile commandGuards(Commands commands) {
    return commands::take;
  }

  @Bean
  CommandLifecycle commandLifecycle(Commands commands) {
    return new CommandLifecycle(commands.desk());
  }

  private record ToUplink(ObjectProvider<Uplink> uplink, InstantSource clock)
      implements CommandDesk.ProgressSink {

    @Override
    public void tell(CommandProgress progress) throws InterruptedException {
      uplink.getObject().tell(progress);
    }

    @Override
    public void stopped(boolean on) throws InterruptedException {
      long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      uplink
          .getObject()
          .tell(StopSwitch.NAME, new Sample(SampleValue.of(on), StatusCode.GOOD, micros, 0));
    }
  }
}
