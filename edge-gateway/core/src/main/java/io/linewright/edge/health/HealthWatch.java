package io.linewright.edge.health;

import static io.linewright.edge.health.HealthTags.Figure.BAD_TAGS;
import static io.linewright.edge.health.HealthTags.Figure.BAD_TAG_LIST;
import static io.linewright.edge.health.HealthTags.Figure.CONFIG_ERROR;
import static io.linewright.edge.health.HealthTags.Figure.CONFIG_HASH;
import static io.linewright.edge.health.HealthTags.Figure.CONFIG_REFUSED;
import static io.linewright.edge.health.HealthTags.Figure.CONFIG_TAKEN;
import static io.linewright.edge.health.HealthTags.Figure.CONNECTION;
import static io.linewright.edge.health.HealthTags.Figure.CPU;
import static io.linewright.edge.health.HealthTags.Figure.DATA_AGE;
import static io.linewright.edge.health.HealthTags.Figure.DEVICES;
import static io.linewright.edge.health.HealthTags.Figure.DEVICES_LEFT_OUT;
import static io.linewright.edge.health.HealthTags.Figure.DISK_FREE;
import static io.linewright.edge.health.HealthTags.Figure.HEAP;
import static io.linewright.edge.health.HealthTags.Figure.IMPLAUSIBLE;
import static io.linewright.edge.health.HealthTags.Figure.LAST_ERROR;
import static io.linewright.edge.health.HealthTags.Figure.RECONNECTS;
import static io.linewright.edge.health.HealthTags.Figure.RSS;
import static io.linewright.edge.health.HealthTags.Figure.SET_ASIDE;
import static io.linewright.edge.health.HealthTags.Figure.STATE;
import static io.linewright.edge.health.HealthTags.Figure.TAGS;
import static io.linewright.edge.health.HealthTags.Figure.UPTIME;
import static io.linewright.edge.health.HealthTags.Figure.VALUES_IN;
import static io.linewright.edge.health.HealthTags.Figure.VALUES_OUT;
import static io.linewright.edge.health.HealthTags.Figure.VERSION;

import io.linewright.edge.health.HealthTags.Figure;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.SampleValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Watches connections and devices over time, and puts what it saw into values of the gateway's
 * tags. For one thread.
 */
public final class HealthWatch {

  /** Most characters of an error or of a list of tags. */
  public static final int MOST_TEXT = 4000;

  private static final int MOST_ERROR = 500;

  private List<ConnectionLook> present = List.of();
  private Map<String, DataAge> ages = new HashMap<>();
  private Map<String, String> errors = new HashMap<>();

  /** Takes in how things stand; parts that are not named any more are forgotten. */
  public void see(List<ConnectionLook> connections, long nowMillis) {
    Map<String, DataAge> nextAges = new HashMap<>();
    Map<String, String> nextErrors = new HashMap<>();
    for (ConnectionLook connection : connections) {
      String part = HealthTags.connection(connection.id());
      nextAges.put(part, age(part).seen(connection.books().in(), nowMillis));
      String error =
          connection.reason().isEmpty() ? errors.get(part) : cut(connection.reason(), MOST_ERROR);
      if (error != null) {
        nextErrors.put(part, error);
      }
      for (DeviceLook device : connection.devices()) {
        String place = HealthTags.device(device.place());
        nextAges.put(place, age(place).seen(device.books().in(), nowMillis));
      }
    }
    ages = nextAges;
    errors = nextErrors;
    present = List.copyOf(connections);
  }

  private static String cut(String error, int most) {
    return error.length() <= most ? error : error.substring(0, most - 1) + "…";
  }

  private DataAge age(String part) {
    return ages.getOrDefault(part, DataAge.NOTHING);
  }

  /**
   * Seconds since a value came, by place of the device; devices that never gave one are left out.
   */
  public Map<String, Long> dataAges(long nowMillis) {
    Map<String, Long> byPlace = new LinkedHashMap<>();
    for (ConnectionLook connection : present) {
      for (DeviceLook device : connection.devices()) {
        age(HealthTags.device(device.place()))
            .seconds(nowMillis)
            .ifPresent(seconds -> byPlace.put(device.place(), seconds));
      }
    }
    return byPlace;
  }

  /** The values of all tags as things stand; a tag of which nothing is known is left out. */
  public Map<TagName, SampleValue> values(GatewayFigures gateway, long nowMillis) {
    Map<TagName, SampleValue> values = new LinkedHashMap<>();
    HealthState worst = HealthState.RUNNING;
    int devices = 0;
    for (ConnectionLook connection : present) {
      worst = worst.orWorse(connection.state());
      put(values, connection, nowMillis);
      for (DeviceLook device : connection.devices()) {
        devices++;
        worst = worst.orWorse(device.state(connection.state()));
        put(values, connection, device, nowMillis);
      }
    }
    put(values, gateway);
    values.put(STATE.ofGateway(), SampleValue.of(worst.toString()));
    values.put(DEVICES.ofGateway(), SampleValue.of((long) devices));
    long leftOut = Math.max(0, devices - HealthTags.MOST_DEVICES);
    values.put(DEVICES_LEFT_OUT.ofGateway(), SampleValue.of(leftOut));
    return values;
  }

  private static void put(Map<TagName, SampleValue> values, GatewayFigures gateway) {
    values.put(UPTIME.ofGateway(), SampleValue.of(gateway.uptimeSeconds()));
    values.put(VERSION.ofGateway(), SampleValue.of(gateway.version()));
    FileFigures file = gateway.file();
    values.put(CONFIG_HASH.ofGateway(), SampleValue.of(file.hash()));
    values.put(CONFIG_TAKEN.ofGateway(), SampleValue.of(file.taken()));
    values.put(CONFIG_REFUSED.ofGateway(), SampleValue.of(file.refused()));
    values.put(CONFIG_ERROR.ofGateway(), SampleValue.of(cut(file.error(), MOST_TEXT)));
    values.put(HEAP.ofGateway(), SampleValue.of(gateway.heapBytes()));
    gateway
        .cpuPercent()
        .ifPresent(p -> values.put(CPU.ofGateway(), SampleValue.of(Math.round(p * 10) / 10.0)));
    gateway.rssBytes().ifPresent(b -> values.put(RSS.ofGateway(), SampleValue.of(b)));
    gateway.diskFreeBytes().ifPresent(b -> values.put(DISK_FREE.ofGateway(), SampleValue.of(b)));
  }

  private void put(Map<TagName, SampleValue> values, ConnectionLook connection, long nowMillis) {
    String part = HealthTags.connection(connection.id());
    put(values, part, STATE, SampleValue.of(connection.state().toString()));
    putAge(values, part, nowMillis);
    put(values, part, connection.books());
    put(values, part, RECONNECTS, SampleValue.of(connection.books().reconnects()));
    put(values, part, LAST_ERROR, SampleValue.of(errors.getOrDefault(part, "")));
  }

  private void put(
      Map<TagName, SampleValue> values,
      ConnectionLook connection,
      DeviceLook device,
      long nowMillis) {
    String part = HealthTags.device(device.place());
    put(values, part, CONNECTION, SampleValue.of(connection.id()));
    put(values, part, STATE, SampleValue.of(device.state(connection.state()).toString()));
    putAge(values, part, nowMillis);
    put(values, part, device.books());
    put(values, part, TAGS, SampleValue.of((long) device.quality().tags()));
    put(values, part, BAD_TAGS, SampleValue.of((long) device.quality().bad()));
    put(values, part, BAD_TAG_LIST, SampleValue.of(device.quality().json(MOST_TEXT)));
    put(values, part, IMPLAUSIBLE, SampleValue.of(device.implausible()));
  }

  private void putAge(Map<TagName, SampleValue> values, String part, long nowMillis) {
    OptionalLong seconds = age(part).seconds(nowMillis);
    seconds.ifPresent(s -> put(values, part, DATA_AGE, SampleValue.of(s)));
  }

  private static void put(Map<TagName, SampleValue> values, String part, Books books) {
    put(values, part, VALUES_IN, SampleValue.of(books.in()));
    put(values, part, VALUES_OUT, SampleValue.of(books.out()));
    put(values, part, SET_ASIDE, SampleValue.of(books.setAside()));
  }

  private static void put(
      Map<TagName, SampleValue> values, String part, Figure figure, SampleValue value) {
    figure.of(part).ifPresent(name -> values.put(name, value));
  }
}
