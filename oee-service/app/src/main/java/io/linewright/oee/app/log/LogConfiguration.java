package io.linewright.oee.app.log;

import io.linewright.kit.exactlyonce.ExactlyOnce;
import io.linewright.kit.exactlyonce.ExactlyOnceConsumer;
import io.linewright.model.topic.Topic;
import io.linewright.oee.app.OeeSettings;
import io.linewright.oee.app.decode.Decoded;
import io.linewright.oee.app.decode.EventDecoder;
import io.linewright.oee.app.decode.EventPayload;
import io.linewright.oee.app.loss.DeviceNews;
import io.linewright.oee.app.loss.LastWords;
import io.linewright.oee.app.loss.Losses;
import io.linewright.oee.app.mark.LineRows;
import io.linewright.oee.app.mark.Marks;
import io.linewright.oee.app.registry.Handover;
import io.linewright.oee.app.registry.Machines;
import io.linewright.oee.app.registry.Tracks;
import io.linewright.oee.app.setaside.SetAsides;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogSettings.class)
class LogConfiguration {

  @Bean
  EventParts eventParts(JdbcClient jdbc) {
    return new EventParts(jdbc);
  }

  @Bean
  Handover handover(
      JdbcClient jdbc,
      EventParts parts,
      LineRows lines,
      Marks marks,
      Losses losses,
      Tracks tracks) {
    return new LogHandover(jdbc, parts, lines, marks, losses, tracks);
  }

  @Bean
  LogReader logReader(EventParts parts, Tracks tracks) {
    return new LogReader(parts, tracks);
  }

  @Bean
  LineCache lineCache(LogSettings settings, MeterRegistry registry) {
    LineCache cache = new LineCache(settings.cachedEvents());
    Gauge.builder("linewright.oee.cached.events", cache, LineCache::weight)
        .description("Events of machines in memory, so that new ones need no reading")
        .register(registry);
    return cache;
  }

  @Bean
  EventHandler eventHandler(
      Machines machines,
      LineRows lines,
      Marks marks,
      EventParts parts,
      LineCache cache,
      Tracks tracks,
      Handover handover,
      DeviceNews devices,
      SetAsides setAsides,
      LastWords words,
      JdbcClient jdbc,
      JsonMapper json,
      OeeSettings settings,
      LogSettings bounds) {
    TrackBook book = new TrackBook(tracks, handover);
    LogWriter writer =
        new LogWriter(parts, cache, book, new EventPayload(json), bounds.eventsPerDay());
    return new EventHandler(
        new EventDecoder(json),
        machines,
        lines,
        marks,
        writer,
        devices,
        cache,
        book,
        setAsides,
        words,
        jdbc,
        settings);
  }

  @Bean
  ManualLog manualLog(
      EventParts parts,
      Tracks tracks,
      Handover handover,
      Marks marks,
      LastWords words,
      JdbcClient jdbc,
      JsonMapper json,
      LogSettings bounds) {
    return new ManualLog(
        parts, tracks, handover, marks, words, new EventPayload(json), jdbc, bounds.eventsPerDay());
  }

  @Bean
  ExactlyOnceConsumer<List<Decoded>> eventListener(ExactlyOnce kit, EventHandler handler) {
    return kit.consumer("events", Topic.MACHINE_EVENTS, handler);
  }
}
