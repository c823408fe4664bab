package io.linewright.oee.event;

import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a machine told. It does not say which machine, nor on which way it came: the same
 * sample may come live and again from backlog, and is one event.
 */
public sealed interface MachineEvent {

  /** What makes it one event. */
  EventKey key();

  /** OPC UA status code of the value, all 32 bits. */
  int status();

  /** The text or the number that it tells, also one with a bad status; null for none. */
  @Nullable Object content();

  /** Whether its status says that the value must not be used. */
  default boolean bad() {
    return StatusCode.of(status()).isBad();
  }

  /**
   * A machine told its state.
   *
   * @param key of kind {@link TrackKind#STATE}
   * @param text the state in the machine's own words, an integer as its digits; null for none
   * @param status OPC UA status code
   */
  record StateSaid(EventKey key, @Nullable String text, int status) implements MachineEvent {

    /** The state of which nothing is known. */
    public static final String UNKNOWN = "";

    /**
     * @throws IllegalArgumentException if the track is of another kind
     */
    public StateSaid {
      require(key, TrackKind.Form.STATE);
    }

    /** The text as it came; {@link #UNKNOWN} if there is none, it is blank or its status is bad. */
    public String known() {
      return text == null || bad() || text.isBlank() ? UNKNOWN : text;
    }

    @Override
    public @Nullable Object content() {
      return text;
    }
  }

  /**
   * A machine told what one of its counters of items reads.
   *
   * @param key of kind GOOD, REJECT, REWORK or TOTAL
   * @param reading the counter, any double; null for none
   * @param status OPC UA status code
   */
  record CountRead(EventKey key, @Nullable Double reading, int status) implements MachineEvent {

    /**
     * @throws IllegalArgumentException if the track is of another kind
     */
    public CountRead {
      require(key, TrackKind.Form.COUNT);
    }

    @Override
    public @Nullable Object content() {
      return reading;
    }
  }

  /**
   * A machine told what it works on, or why it stands still.
   *
   * @param key of kind ORDER, PRODUCT, LOT, SERIAL or STOP_REASON
   * @param value in the machine's own words; null for none
   * @param status OPC UA status code
   */
  record ContextSaid(EventKey key, @Nullable String value, int status) implements MachineEvent {

    /**
     * @throws IllegalArgumentException if the track is of another kind
     */
    public ContextSaid {
      require(key, TrackKind.Form.CONTEXT);
    }

    @Override
    public @Nullable Object content() {
      return value;
    }
  }

  /**
   * A machine told its energy so far or its power.
   *
   * @param key of kind ENERGY (then kWh) or POWER (then kW)
   * @param value any double; null for none
   * @param status OPC UA status code
   */
  record EnergyRead(EventKey key, @Nullable Double value, int status) implements MachineEvent {

    /**
     * @throws IllegalArgumentException if the track is of another kind
     */
    public EnergyRead {
      require(key, TrackKind.Form.ENERGY);
    }

    @Override
    public @Nullable Object content() {
      return value;
    }
  }

  /** Largest magnitude of a reading that is one, in its unit. */
  double MAX_READING = 1e12;

  /**
   * Whether it is a number that can be reckoned with: its status is not bad, and it is finite and
   * within ±{@link #MAX_READING}. Readings come from outside and may be anything; one that is not
   * usable is as if it had not been told.
   */
  default boolean usableNumber() {
    return content() instanceof Double number && !bad() && Math.abs(number) <= MAX_READING;
  }

  /**
   * Whether it says anything of other times than its own. A state does, also one that is not known;
   * an order, a product or a reason only with a value and no bad status; a number only if it can be
   * reckoned with.
   */
  default boolean says() {
    return switch (this) {
      case StateSaid _ -> true;
      case ContextSaid said -> said.value() != null && !bad();
      case CountRead _, EnergyRead _ -> usableNumber();
    };
  }

  /**
   * The one of two contradicting events that is kept, whichever came first: that of the better
   * severity; then of the greater value, where none is the least, texts are compared by their
   * UTF-16 units, and numbers as {@link Double#compare} does, so that NaN is the greatest and 0.0
   * is greater than -0.0; then of the greater status code, unsigned.
   *
   * @throws IllegalArgumentException if they have not the same key
   */
  static MachineEvent kept(MachineEvent one, MachineEvent other) {
    if (!one.key().equals(other.key())) {
      throw new IllegalArgumentException(one + " and " + other + " are two events");
    }
    int order = severity(other).compareTo(severity(one));
    if (order == 0) {
      order = compareContent(one.content(), other.content());
    }
    if (order == 0) {
      order = Integer.compareUnsigned(one.status(), other.status());
    }
    return order >= 0 ? one : other;
  }

  /** The event with these columns; of text and number the one that the track tells is used. */
  static MachineEvent of(EventKey key, @Nullable String text, @Nullable Double number, int status) {
    return switch (key.track().kind().form()) {
      case STATE -> new StateSaid(key, text, status);
      case COUNT -> new CountRead(key, number, status);
      case CONTEXT -> new ContextSaid(key, text, status);
      case ENERGY -> new EnergyRead(key, number, status);
    };
  }

  private static Severity severity(MachineEvent event) {
    return StatusCode.of(event.status()).severity();
  }

  private static int compareContent(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Double a && other instanceof Double b) {
      return a.compareTo(b);
    }
    if (one instanceof String a && other instanceof String b) {
      return a.compareTo(b);
    }
    return Boolean.compare(one != null, other != null);
  }

  private static void require(EventKey key, TrackKind.Form form) {
    if (key.track().kind().form() != form) {
      throw new IllegalArgumentException(
          "a track of kind " + key.track().kind() + " tells no " + form);
    }
  }
}
