package io.linewright.oee.masterdata.form;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.quantity.Quantity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the single values of master data are written. */
public final class Scalars {

  /** Most characters of a name that is our key, such as that of a calendar or a reason. */
  public static final int LONGEST_NAME = 64;

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N} ._-]{0,62}[\\p{L}\\p{N}._-])?");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,12})?");
  private static final Pattern TIME = Pattern.compile("\\d\\d:\\d\\d(?::\\d\\d)?");
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 9998;
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

  /** {@code true} or {@code false}. */
  public static final Scalar<Boolean> TRUTH =
      new Scalar<>(Scalars::truth, String::valueOf, "write true or false");

  /** A day such as {@code 2026-03-29}, of the years 1900 to 9998. */
  public static final Scalar<LocalDate> DAY =
      new Scalar<>(Scalars::day, LocalDate::toString, "write a day such as 2026-03-29");

  /** A time of day by the wall clock. */
  public static final Scalar<LocalTime> TIME_OF_DAY =
      new Scalar<>(
          Scalars::time,
          LocalTime::toString,
          "write a time from \"00:00\" to \"23:59\", in quotation marks");

  /** A point in time with its offset from UTC, to the microsecond, in such microseconds. */
  public static final Scalar<Long> INSTANT =
      new Scalar<>(
          Scalars::instant,
          micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString(),
          "write a time with its offset such as 2026-03-02T08:00:00+01:00");

  /** A time zone. */
  public static final Scalar<ZoneId> ZONE =
      new Scalar<>(Scalars::zone, ZoneId::getId, "write a zone such as Europe/Vienna or UTC");

  /** Equipment, at any level. */
  public static final Scalar<EquipmentPath> PATH =
      new Scalar<>(
          EquipmentPath::parse,
          EquipmentPath::toString,
          "write its path such as acme/graz/body/line-1/press-01");

  /** A unit of measure. */
  public static final Scalar<UcumUnit> UNIT =
      new Scalar<>(
          UcumUnit::parse,
          UcumUnit::code,
          "write a UCUM code such as mm, or 1 for things that are counted");

  /** The name of a tag. */
  public static final Scalar<String> TAG =
      new Scalar<>(
          text -> new TagName(text).value(), text -> text, "write the name of a tag as execution");

  private Scalars() {}

  /** The name of something, which is also its key: letters, digits, {@code _ . -} and blanks. */
  public static Scalar<String> name(String what) {
    return new Scalar<>(
        text -> {
          if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no name".formatted(shown(text)));
          }
          return text;
        },
        text -> text,
        "name %s by 1 to 64 letters, digits, blanks, _, . or -".formatted(what));
  }

  /** Whether a text can be the name of something. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A text for people, or a number of another system, without blanks around it. */
  public static Scalar<String> text(int most, String right) {
    return new Scalar<>(
        text -> {
          String plain = text.strip();
          if (plain.isEmpty() || plain.length() > most) {
            throw new IllegalArgumentException(
                "a text of %d characters is not one of 1 to %d".formatted(plain.length(), most));
          }
          if (plain.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the text has a control character");
          }
          return plain;
        },
        text -> text,
        right);
  }

  /** A number in that range, of at most 15 digits before and 12 behind the point. */
  public static Scalar<BigDecimal> number(BigDecimal least, BigDecimal most) {
    String range = "write a number from %s to %s".formatted(plain(least), plain(most));
    return new Scalar<>(
        text -> {
          if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no number".formatted(shown(text)));
          }
          BigDecimal number = new BigDecimal(text);
          if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw new IllegalArgumentException(shown(text) + " is out of range");
          }
          return number;
        },
        Scalars::plain,
        range);
  }

  /** A number of that range as an exact quantity, which has six decimals. */
  public static Scalar<Quantity> quantity(String least, String most) {
    Scalar<BigDecimal> number = number(new BigDecimal(least), new BigDecimal(most));
    return new Scalar<>(
        text -> {
          BigDecimal millionths = number.read().apply(text).multiply(MILLION);
          if (millionths.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(shown(text) + " has more than six decimals");
          }
          return new Quantity(millionths.longValueExact());
        },
        quantity -> plain(BigDecimal.valueOf(quantity.millionths()).divide(MILLION)),
        number.right() + ", with at most six decimals");
  }

  /** A whole number of that range. */
  public static Scalar<Long> whole(long least, long most) {
    Scalar<BigDecimal> number = number(BigDecimal.valueOf(least), BigDecimal.valueOf(most));
    return new Scalar<>(
        text -> {
          BigDecimal value = number.read().apply(text);
          if (value.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(shown(text) + " is no whole number");
          }
          return value.longValueExact();
        },
        String::valueOf,
        "write a whole number from %d to %d".formatted(least, most));
  }

  /** A length of time of that range. */
  public static Scalar<Duration> duration(Duration least, Duration most) {
    return new Scalar<>(
        text -> {
          Duration length = Durations.read(text);
          if (length.compareTo(least) < 0 || length.compareTo(most) > 0) {
            throw new IllegalArgumentException(text + " is out of range");
          }
          return length;
        },
        Durations::write,
        "write %s to %s, as 4200ms, 4.2s, 15m, 8h or 2d"
            .formatted(Durations.write(least), Durations.write(most)));
  }

  /** One of these constants, in lower case with hyphens. */
  public static <E extends Enum<E>> Scalar<E> oneOf(Collection<E> constants) {
    return oneOf(constants, Scalars::lower);
  }

  /** One of these by the names that they have. */
  public static <E> Scalar<E> oneOf(Collection<E> constants, Function<E, String> name) {
    return new Scalar<>(
        text ->
            constants.stream()
                .filter(constant -> name.apply(constant).equals(text))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException("'%s' is not known".formatted(shown(text)))),
        name,
        "use one of " + constants.stream().map(name).collect(Collectors.joining(", ")));
  }

  /** Exactly one of these words. */
  public static Scalar<String> word(String... words) {
    return oneOf(Arrays.asList(words), word -> word);
  }

  /** A constant as documents have it: lower case, with hyphens. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The begin of a text, for messages. */
  static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("'%s' is no truth value".formatted(shown(text)));
    };
  }

  private static LocalDate day(String text) {
    LocalDate day;
    try {
      day = LocalDate.parse(text);
    } catch (DateTimeException notADay) {
      throw new IllegalArgumentException("'%s' is no day".formatted(shown(text)), notADay);
    }
    requireYear(day.getYear(), text);
    return day;
  }

  private static LocalTime time(String text) {
    try {
      if (TIME.matcher(text).matches()) {
        return LocalTime.parse(text);
      }
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException("'%s' is no time of day".formatted(text), notATime);
    }
    throw new IllegalArgumentException("'%s' is no time of day".formatted(shown(text)));
  }

  private static long instant(String text) {
    OffsetDateTime time;
    try {
      time = OffsetDateTime.parse(text);
    } catch (DateTimeException notATime) {
      throw new IllegalArgumentException(
          "'%s' is no time with offset".formatted(shown(text)), notATime);
    }
    requireYear(time.getYear(), text);
    return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException unknown) {
      throw new IllegalArgumentException("'%s' is no zone".formatted(shown(text)), unknown);
    }
  }

  private static void requireYear(int year, String text) {
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      throw new IllegalArgumentException(
          "%s is not in the years %d to %d".formatted(shown(text), FIRST_YEAR, LAST_YEAR));
    }
  }
}
