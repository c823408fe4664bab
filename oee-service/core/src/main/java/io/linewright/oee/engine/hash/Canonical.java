package io.linewright.oee.engine.hash;

import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.state.StateModel;
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
public final class Canonical {

  private static final Large LARGE = new Large();

  private static final ClassValue<Form> FORMS =
      new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
          return new Form(
              type.getSimpleName(),
              Stream.of(type.getRecordComponents()).map(RecordComponent::getAccessor).toList());
        }
      };

  private Canonical() {}

  /**
   * The text of a value that consists of records, collections, numbers and texts.
   *
   * @throws IllegalArgumentException if there is anything else in it
   */
  public static String text(@Nullable Object value) {
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
      case List<?> list -> {
        text.append('[');
        list.forEach(part -> write(part, text));
        text.append(']');
      }
      case Set<?> set -> writeAll(set.stream().map(Canonical::text).sorted().toList(), text);
      case Map<?, ?> map ->
          writeAll(
              map.entrySet().stream()
                  .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                  .sorted()
                  .toList(),
              text);
      case StateModel model -> text.append(LARGE.text(model));
      case ReasonTree tree -> text.append(LARGE.text(tree));
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
    Form form = FORMS.get(record.getClass());
    text.append(form.name).append('(');
    for (Method part : form.parts) {
      write(read(record, part), text);
    }
    text.append(')');
  }

  private static @Nullable Object read(Record record, Method part) {
    try {
      return part.invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + part + " of " + record.getClass(), e);
    }
  }

  /** Of a class of records what is to be asked for only once. */
  private record Form(String name, List<Method> parts) {}

  /**
   * Hashes of values that are large, and the same of many machines and for a long time: of the last
   * ones that were asked for, by identity, which is enough as they come from one book.
   */
  private static final class Large {

    private static final int MOST = 32;

    private record Known(Record value, String hash) {}

    private volatile List<Known> recent = List.of();

    String text(Record value) {
      for (Known known : recent) {
        if (known.value == value) {
          return known.hash;
        }
      }
      StringBuilder text = new StringBuilder();
      writeRecord(value, text);
      HashBytes bytes = new HashBytes();
      bytes.write(text.toString());
      String hash = InputHash.of(bytes.toArray()).toString() + ";";
      // Two that come at once may forget one of theirs, which is then computed again.
      recent =
          Stream.concat(Stream.of(new Known(value, hash)), recent.stream()).limit(MOST).toList();
      return hash;
    }
  }
}
