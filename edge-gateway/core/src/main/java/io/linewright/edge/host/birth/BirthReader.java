package io.linewright.edge.host.birth;

import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import io.linewright.edge.sparkplug.Payload;
import io.linewright.edge.sparkplug.SparkplugType;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads NBIRTH and DBIRTH payloads (Sparkplug 3.0, clauses 6.4.19 and 6.4.21). */
public final class BirthReader {

  /** Name of the metric that ties a death to its birth. */
  public static final String BD_SEQ = "bdSeq";

  private BirthReader() {}

  /**
   * What a birth declares. A metric that cannot be carried is bound as unusable; it never spoils
   * the rest.
   *
   * @throws IllegalArgumentException if it declares more than {@link Birth#MAX_METRICS} metrics
   */
  public static Birth read(Payload payload, Optional<EquipmentPath> equipment) {
    if (payload.metrics().size() > Birth.MAX_METRICS) {
      throw new IllegalArgumentException(
          "the birth declares %d metrics, at most %d are allowed"
              .formatted(payload.metrics().size(), Birth.MAX_METRICS));
    }
    Map<String, Binding> byName = new HashMap<>();
    Map<Long, Binding> byAlias = new HashMap<>();
    Set<String> doubtful = new TreeSet<>();
    for (Metric metric : payload.metrics()) {
      if (metric.name() == null) {
        continue; // nothing can ever refer to it: an alias needs the name that it stands for
      }
      Binding binding = bind(metric.name(), metric, equipment);
      if (contradicts(byName.put(metric.name(), binding), binding)) {
        String cause = "the birth declares it twice with different types";
        byName.put(metric.name(), new Binding.Unusable(metric.name(), cause));
        doubtful.add("metric " + metric.name());
      }
      if (metric.alias().isPresent()) {
        declare(byAlias, metric.alias().getAsLong(), binding, doubtful);
      }
    }
    boolean tellsOfMachine = byName.values().stream().anyMatch(BirthReader::tellsOfMachine);
    return new Birth(equipment, byName, byAlias, tellsOfMachine, flaw(doubtful));
  }

  private static boolean tellsOfMachine(Binding binding) {
    return binding instanceof Binding.Tag tag
        && (tag.description().role().raisesEvents() || tag.description().role().tellsEnergy());
  }

  /** Two names under one alias: nobody can tell which one a data message means. */
  private static void declare(
      Map<Long, Binding> byAlias, long alias, Binding binding, Set<String> doubtful) {
    Binding before = byAlias.put(alias, binding);
    if (before != null && !before.metric().equals(binding.metric())) {
      String text = "alias " + Long.toUnsignedString(alias);
      byAlias.put(alias, new Binding.Unusable(text, "it stands for several metrics"));
      doubtful.add(text);
    }
  }

  private static boolean contradicts(@Nullable Binding before, Binding binding) {
    return before instanceof Binding.Unusable
        ? !before.equals(binding)
        : before instanceof Binding.Tag tag
            && !(binding instanceof Binding.Tag same && same.type() == tag.type());
  }

  private static Optional<String> flaw(Set<String> doubtful) {
    return doubtful.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s: declared more than once, its values are set aside (%d such)"
                .formatted(doubtful.iterator().next(), doubtful.size()));
  }

  private static Binding bind(String name, Metric metric, Optional<EquipmentPath> equipment) {
    if (isControl(name)) {
      return new Binding.Control(name);
    }
    if (equipment.isEmpty()) {
      return new Binding.Unusable(name, "its device has no equipment path");
    }
    Optional<SparkplugType> type = SparkplugType.of(metric.type());
    Optional<DataType> dataType = type.flatMap(BirthReader::dataType);
    if (dataType.isEmpty()) {
      return new Binding.Unusable(
          name, "data type %s is not supported".formatted(typeName(metric.type())));
    }
    try {
      TagKey key = new TagKey(equipment.get(), new TagName(name));
      return new Binding.Tag(name, describe(key, dataType.get(), metric), type.get());
    } catch (IllegalArgumentException noTagName) {
      return new Binding.Unusable(name, String.valueOf(noTagName.getMessage()));
    }
  }

  private static boolean isControl(String name) {
    return name.equals(BD_SEQ)
        || name.startsWith("Node Control/")
        || name.startsWith("Device Control/")
        || name.startsWith(LinewrightMetrics.PREFIX);
  }

  private static TagDescription describe(TagKey key, DataType type, Metric metric) {
    Map<String, Object> properties = metric.properties();
    return new TagDescription(
        key,
        type,
        text(properties, LinewrightMetrics.ENG_UNIT).map(UcumUnit::new).orElse(UcumUnit.ONE),
        text(properties, LinewrightMetrics.ROLE).flatMap(TagRole::of).orElse(TagRole.PROCESS_VALUE),
        range(properties),
        number(properties, LinewrightMetrics.SAMPLING_MS)
            .filter(ms -> ms.longValue() > 0)
            .map(ms -> Duration.ofMillis(ms.longValue())),
        text(properties, LinewrightMetrics.DATA_CLASS)
            .flatMap(DataClass::of)
            .orElse(DataClass.SITE),
        text(properties, LinewrightMetrics.OWNER));
  }

  private static Optional<ValueRange> range(Map<String, Object> properties) {
    Optional<Number> low = number(properties, LinewrightMetrics.RANGE_LOW);
    Optional<Number> high = number(properties, LinewrightMetrics.RANGE_HIGH);
    if (low.isEmpty() || high.isEmpty()) {
      return Optional.empty();
    }
    double from = low.get().doubleValue();
    double to = high.get().doubleValue();
    boolean usable = Double.isFinite(from) && Double.isFinite(to) && from <= to;
    return usable ? Optional.of(new ValueRange(from, to)) : Optional.empty();
  }

  static Optional<String> text(Map<String, Object> properties, String key) {
    return properties.get(key) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  static Optional<Number> number(Map<String, Object> properties, String key) {
    @Nullable Object value = properties.get(key);
    return value instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  /** The platform's type for a Sparkplug type; empty for kinds that are set aside. */
  static Optional<DataType> dataType(SparkplugType type) {
    return switch (type) {
      case BOOLEAN -> Optional.of(DataType.BOOLEAN);
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, DATETIME ->
          Optional.of(DataType.INTEGER);
      case FLOAT, DOUBLE -> Optional.of(DataType.DOUBLE);
      case STRING, TEXT, UUID -> Optional.of(DataType.STRING);
      case BYTES -> Optional.of(DataType.BYTES);
      case DATASET, FILE, TEMPLATE -> Optional.empty();
    };
  }

  private static String typeName(int number) {
    return SparkplugType.of(number).map(Enum::name).orElse("number " + number);
  }
}
