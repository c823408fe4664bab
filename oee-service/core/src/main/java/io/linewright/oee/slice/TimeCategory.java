package io.linewright.oee.slice;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instant of a machine's time was; every instant is exactly one of these. The first eight
 * are planned busy time with data, each part of one element of ISO 22400-2:2014.
 */
public enum TimeCategory {
  /** It produces, also slowly: reduced speed is lost inside of it. */
  PRODUCTION(0, IsoElement.APT),
  /** It is set up or adjusted. */
  SETUP(1, IsoElement.AUST),
  /** A stop too short to be given a reason. */
  MINOR_STOP(2, IsoElement.ADET),
  /** It waits for material. */
  STARVED(3, IsoElement.ADET),
  /** It cannot pass on what it made. */
  BLOCKED(4, IsoElement.ADET),
  /** It could produce, and neither it nor its neighbours say why it does not. */
  DELAY(5, IsoElement.ADET),
  /** It is broken. */
  BREAKDOWN(6, IsoElement.ADOT),
  /** A long stop without a reason, or a state that nobody explained; shown apart. */
  UNEXPLAINED(7, IsoElement.ADOT),
  /** A break, planned maintenance, or a stop of which a reason says that it was planned. */
  PLANNED_STOP(8, null),
  /** No shift. */
  UNSCHEDULED(9, null),
  /** Nothing is known, and nothing will be: bad status, a known loss, before the first state. */
  NO_DATA(10, null),
  /** Nothing is known yet: data may still come. */
  PENDING(11, null);

  private static final TimeCategory[] BY_NUMBER = values();

  private final int number;
  private final @Nullable IsoElement element;

  TimeCategory(int number, @Nullable IsoElement element) {
    this.number = number;
    this.element = element;
  }

  /** The number that stands for it where it is stored, 0 to 11; it never changes. */
  public int number() {
    return number;
  }

  /**
   * The category of a stored number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TimeCategory ofNumber(int number) {
    if (number < 0 || number >= BY_NUMBER.length) {
      throw new IllegalArgumentException("there is no category of time " + number);
    }
    return BY_NUMBER[number];
  }

  /**
   * The element of ISO 22400-2 that this category alone or with others makes up: APT, AUST, ADET or
   * ADOT; empty for the last four. What is composed of these is asked of {@link
   * IsoElement#includes}.
   */
  public Optional<IsoElement> element() {
    return Optional.ofNullable(element);
  }

  /** Whether it is part of the planned busy time: time in which the machine should produce. */
  public boolean plannedBusy() {
    return IsoElement.PBT.includes(this);
  }
}
