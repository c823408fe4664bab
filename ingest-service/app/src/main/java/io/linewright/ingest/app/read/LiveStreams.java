package io.linewright.ingest.app.read;

import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.kit.problem.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Live streams. Each client has a virtual thread of its own that sends what has changed since its
 * last message: a slow client gets fewer, larger steps and holds nobody up, and no queue grows.
 */
final class LiveStreams implements SmartLifecycle {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final ShownValues shown;
  private final LastValues lastValues;
  private final LastValueUpdate update;
  private final Quarantine quarantine;
  private final JsonMapper json;
  private final Duration interval;
  private final int maxClients;
  private final long run;
  private final InstantSource clock;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean running;

  LiveStreams(
      Registry registry,
      LastValues lastValues,
      LastValueUpdate update,
      Quarantine quarantine,
      JsonMapper json,
      Duration interval,
      int maxClients,
      InstantSource clock) {
    this.shown = new ShownValues(registry, lastValues);
    this.lastValues = lastValues;
    this.update = update;
    this.quarantine = quarantine;
    this.json = json;
    this.interval = interval;
    this.maxClients = maxClients;
    this.run = clock.millis();
    this.clock = clock;
  }

  /**
   * Opens a stream of the tags below some equipment.
   *
   * @param lastEventId id of the last event that the client has seen; it goes on from there if this
   *     process gave it out, otherwise it gets all values first
   */
  SseEmitter open(@Nullable String equipment, @Nullable String lastEventId) {
    if (clients.size() >= maxClients || !running) {
      throw new RefusedException(
          HttpStatus.SERVICE_UNAVAILABLE,
          "too-many-streams",
          "There are %d live streams, the bound; close one or try later".formatted(clients.size()));
    }
    Client client = new Client(equipment, versionOf(lastEventId));
    clients.add(client);
    client.emitter.onCompletion(() -> clients.remove(client));
    client.emitter.onTimeout(() -> clients.remove(client));
    client.emitter.onError(gone -> clients.remove(client));
    Thread.ofVirtual().name("live-stream").start(client::run);
    return client.emitter;
  }

  int count() {
    return clients.size();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Ends all streams, so that an orderly stop need not wait for clients to leave. */
  @Override
  public void stop() {
    running = false;
    clients.forEach(client -> client.emitter.complete());
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private long versionOf(@Nullable String lastEventId) {
    String prefix = run + "-";
    if (lastEventId == null || !lastEventId.startsWith(prefix)) {
      return 0;
    }
    try {
      return Long.parseLong(lastEventId.substring(prefix.length()));
    } catch (NumberFormatException notOurs) {
      return 0;
    }
  }

  private final class Client {

    private final SseEmitter emitter = new SseEmitter(0L);
    private final @Nullable String equipment;
    private long version;
    private long shownQuarantine = -1;
    private long lastSentMillis;

    Client(@Nullable String equipment, long version) {
      this.equipment = equipment;
      this.version = version;
    }

    void run() {
      try {
        while (running && clients.contains(this)) {
          sendValues();
          sendQuarantine();
          if (clock.millis() - lastSentMillis >= HEARTBEAT.toMillis()) {
            emitter.send(SseEmitter.event().comment("alive"));
            lastSentMillis = clock.millis();
          }
          Thread.sleep(interval);
        }
      } catch (IOException | IllegalStateException gone) {
        emitter.complete();
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      } finally {
        clients.remove(this);
      }
    }

    private void sendValues() throws IOException {
      update.ensureIfPossible();
      long upTo = lastValues.version();
      List<LastValue> changed = lastValues.changedSince(version);
      byte[] data = changed.isEmpty() ? null : array(changed);
      if (data != null) {
        emitter.send(
            SseEmitter.event()
                .name("values")
                .id(run + "-" + upTo)
                .data(new String(data, StandardCharsets.UTF_8), MediaType.TEXT_PLAIN));
        lastSentMillis = clock.millis();
      }
      version = upTo;
    }

    private void sendQuarantine() throws IOException {
      long count = quarantine.lastCount();
      if (count != shownQuarantine) {
        emitter.send(
            SseEmitter.event()
                .name("quarantine")
                .data("{\"count\":" + count + "}", MediaType.TEXT_PLAIN));
        shownQuarantine = count;
        lastSentMillis = clock.millis();
      }
    }

    private byte @Nullable [] array(List<LastValue> values) {
      ByteArrayOutputStream body = new ByteArrayOutputStream(16 * 1024);
      int written = 0;
      try (JsonGenerator out = json.createGenerator(body)) {
        out.writeStartArray();
        for (LastValue value : values) {
          ShownValues.Shown one = shown.of(value);
          if (one != null && one.tag().under(equipment)) {
            SampleJson.write(out, one.tag(), one.value());
            written++;
          }
        }
        out.writeEndArray();
      }
      return written == 0 ? null : body.toByteArray();
    }
  }
}
