package io.linewright.oee.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values as text: equal values give the same text, in every process and on every machine, and
 * values that differ another. The order of sets and maps is no part of a value, and the JDK's
 * differs from process to process.
 */
final class Canonical {

  /** The accessors of a record, in the order of its components: to ask for them takes long. */
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents()).map(RecordComponent::getAccessor).toList();
        }
      };

  private Canonical() {}

  /**
   * The text of a value that consists of records, collections, numbers and texts.
   *
   * @throws IllegalArgumentException if there is anything else in it
   */
  static String text(@Nullable Object value) {
    StringBuilder text = new StringBuilder();
    write(value, text);
    return text.toString();
  }

  private static void write(@Nullable Object value, StringBuilder text) {
    switch (value) {
      case null -> text.append('~');
      case String string -> text.append(string.length()).append(':').append(string);
      case Number number -> text.append(number).append(';');
      case Boolean flag -> text.append(flag ? "T" : "F");
      case Enum<?> constant -> text.append(constant.name()).append(';');
      case Duration duration -> text.append(duration).append(';');
      case LocalDate day -> text.append(day).append(';');
      case Optional<?> optional -> write(optional.orElse(null), text);
      case OptionalLong optional -> text.append(optional).append(';');
      case OptionalInt optional -> text.append(optional).append(';');
      case OptionalDouble optional -> text.append(optional).append(';');
      case List<?> list -> writeAll(list.stream().map(Canonical::text).toList(), text);
      case Set<?> set -> writeAll(set.stream().map(Canonical::text).sorted().toList(), text);
      case Map<?, ?> map ->
          writeAll(
              map.entrySet().stream()
                  .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                  .sorted()
                  .toList(),
              text);
      case Record record -> writeRecord(record, text);
      default ->
          throw new IllegalArgumentException("no text is canonical for a " + value.getClass());
    }
  }

  private static void writeAll(Collection<String> parts, StringBuilder text) {
    text.append('[');
    parts.forEach(part -> text.append(part.length()).append(':').append(part));
    text.append(']');
  }

  private static void writeRecord(Record record, StringBuilder text) {
    text.append(record.getClass().getSimpleName()).append('(');
    for (Method accessor : ACCESSORS.get(record.getClass())) {
      write(read(record, accessor), text);
    }
    text.append(')');
  }

  private static @Nullable Object read(Record record, Method accessor) {
    try {
      return accessor.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessor + " of " + record.getClass(), e);
    }
  }
}
