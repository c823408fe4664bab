package io.linewright.gateway.app.support;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Plays the REST answers of an ingest-service with two lines of five machines each. */
public final class PlayedPlant {

  private static final long STEP_NANOS = 500_000_000;
  private static final long GOOD = 0;
  private static final long BAD = 0x80000000L;
  private static final long UNCERTAIN = 0x40000000L;

  private record Tag(
      String path,
      String name,
      String type,
      String unit,
      String role,
      @Nullable Double rangeLow,
      @Nullable Double rangeHigh,
      @Nullable Long samplingMillis) {}

  private final JsonMapper json = JsonMapper.builder().build();
  private final Random random = new Random(7);
  private final List<Tag> tags = new ArrayList<>();
  private final List<String> machines = new ArrayList<>();
  private final Map<String, Map<String, @Nullable Object>> last = new LinkedHashMap<>();
  private final Instant start = Instant.now();
  private long step;

  public PlayedPlant() {
    List<String> machining = List.of("saw-01", "mill-01", "mill-02", "grinder-01", "washer-01");
    List<String> packaging =
        List.of("filler-01", "capper-01", "labeller-01", "packer-01", "palletizer-01");
    machining.forEach(name -> machine("acme/graz/machining/line-1/" + name));
    packaging.forEach(name -> machine("acme/graz/packaging/line-2/" + name));
    advance();
  }

  /** Lets a fake service answer with this plant. */
  public void on(FakeService service) {
    service.on("/api/v1/equipment", exchange -> FakeService.json(exchange, 200, equipment()));
    service.on(
        "/api/v1/tags", exchange -> FakeService.json(exchange, 200, write(Map.of("tags", tags))));
    service.on("/api/v1/last-values", exchange -> FakeService.json(exchange, 200, snapshot()));
    service.on(
        "/api/v1/quarantine/count", exchange -> FakeService.json(exchange, 200, "{\"count\":3}"));
    service.on("/api/v1/live", this::live);
  }

  /** Streams changes each half second until the reader goes. */
  public void live(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (long id = 1; ; id++) {
        String event = "id: " + id + "\nevent: values\ndata: " + advance() + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
        LockSupport.parkNanos(STEP_NANOS);
      }
    }
  }

  private void machine(String path) {
    machines.add(path);
    tags.add(new Tag(path, "state", "integer", "1", "machine-state", null, null, null));
    tags.add(new Tag(path, "count/good", "integer", "1", "good-count", null, null, null));
    tags.add(new Tag(path, "count/reject", "integer", "1", "reject-count", null, null, null));
    tags.add(
        new Tag(path, "spindle/temperature", "double", "Cel", "temperature", 0.0, 120.0, 1000L));
    tags.add(
        new Tag(path, "spindle/vibration", "double", "mm/s", "vibration-rms", 0.0, 11.0, 1000L));
    tags.add(new Tag(path, "power", "double", "kW", "power", 0.0, 20.0, 1000L));
    tags.add(new Tag(path, "motor/current", "double", "A", "current", 0.0, 40.0, 1000L));
    tags.add(new Tag(path, "cycle-time", "double", "s", "cycle-time", null, null, null));
  }

  private synchronized String equipment() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : List.of("acme/graz/machining/line-1", "acme/graz/packaging/line-2")) {
      List<Map<String, Object>> parts =
          machines.stream()
              .filter(path -> path.startsWith(line))
              .map(path -> Map.<String, Object>of("path", path, "level", "WORK_UNIT"))
              .toList();
      lines.add(Map.of("path", line, "level", "WORK_CENTER", "children", parts));
    }
    return write(Map.of("equipment", lines));
  }

  private synchronized String snapshot() {
    return write(Map.of("values", List.copyOf(last.values())));
  }

  private synchronized String advance() {
    step++;
    List<Map<String, @Nullable Object>> changed = new ArrayList<>();
    for (int index = 0; index < machines.size(); index++) {
      String path = machines.get(index);
      if (index == 8 && step > 1) {
        continue; // silent since the start
      }
      long state =
          index == 2 ? 9 : index == 4 ? 5 : index == 6 ? 11 : index == 3 && step % 40 > 30 ? 4 : 6;
      if (step == 1 || (index == 3 && (step % 40 == 31 || step % 40 == 0))) {
        changed.add(
            value(
                path + "#state",
                state,
                GOOD,
                step == 1 ? start.minusSeconds(754L * index) : Instant.now()));
      }
      boolean runs = state == 6;
      if (runs || step == 1) {
        changed.add(
            value(path + "#count/good", 18_204L + 1000L * index + step / 4, GOOD, Instant.now()));
        changed.add(
            value(path + "#count/reject", 31L + index * 7 + step / 60, GOOD, Instant.now()));
      }
      changed.add(
          value(
              path + "#spindle/temperature",
              round(runs ? 58 + index + noise() : 27 + noise()),
              index == 5 ? UNCERTAIN : GOOD,
              Instant.now()));
      changed.add(
          value(
              path + "#spindle/vibration",
              index == 1 ? round(11.4 + noise()) : round(runs ? 2.1 + noise() / 4 : 0.02),
              GOOD,
              Instant.now()));
      if (index != 7 || step == 1) {
        changed.add(value(path + "#power", round(runs ? 8.2 + noise() : 0.6), GOOD, Instant.now()));
      }
      changed.add(
          index == 0 && step > 1
              ? value(path + "#motor/current", 14.2, BAD, Instant.now())
              : value(
                  path + "#motor/current",
                  round(runs ? 14.2 + noise() : 1.1),
                  GOOD,
                  Instant.now()));
      changed.add(value(path + "#cycle-time", round(12.4 + noise() / 5), GOOD, Instant.now()));
    }
    return write(changed);
  }

  private double noise() {
    return random.nextGaussian() / 2;
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private Map<String, @Nullable Object> value(
      String tag, @Nullable Object value, long status, Instant time) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("tag", tag);
    entry.put("value", value);
    entry.put("status", status);
    entry.put("time", time.toString());
    last.put(tag, entry);
    return entry;
  }

  private String write(Object content) {
    return json.writeValueAsString(content);
  }
}
