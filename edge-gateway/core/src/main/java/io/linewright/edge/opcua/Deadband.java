package io.linewright.edge.opcua;

import io.linewright.model.equipment.ValueRange;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a number must move before the server reports it (OPC UA part 4, clause 7.22.2; part 8,
 * clause 6.2).
 *
 * @param kind how {@code amount} counts
 * @param amount finite, 0 or more; percent: 0 to 100
 */
public record Deadband(Kind kind, double amount) {

  /** Every change is reported. */
  public static final Deadband NONE = new Deadband(Kind.NONE, 0);

  /** What the amount means; the number is that of OPC UA's DeadbandType. */
  public enum Kind {
    NONE(0),
    /** In the unit of the value. */
    ABSOLUTE(1),
    /** Per cent of the node's EURange. */
    PERCENT(2);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** DeadbandType on the wire. */
    public int number() {
      return number;
    }
  }

  /**
   * @throws IllegalArgumentException if the amount is out of its range
   */
  public Deadband {
    double most = kind == Kind.PERCENT ? 100 : Double.MAX_VALUE;
    if (!(amount >= 0 && amount <= most)) {
      throw new IllegalArgumentException(
          kind == Kind.PERCENT
              ? "a deadband of " + amount + " % is not between 0 and 100"
              : "a deadband of " + amount + " is not a finite number from 0");
    }
  }

  /**
   * Reads {@code 0.5} (absolute) or {@code 2%} (of the node's EURange).
   *
   * @throws IllegalArgumentException if the text is neither
   */
  public static Deadband parse(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1).strip() : text;
    double amount;
    try {
      amount = Double.parseDouble(number);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + number + "' is not a number", notANumber);
    }
    if (amount == 0) {
      return NONE;
    }
    return new Deadband(percent ? Kind.PERCENT : Kind.ABSOLUTE, amount);
  }

  /** Whether nothing is held back. */
  public boolean none() {
    return kind == Kind.NONE || amount == 0;
  }

  /**
   * The deadband in the unit of the value: for per cent {@code amount / 100 × (high − low)} (part
   * 8, clause 6.2).
   *
   * @param range the node's EURange
   * @return empty if per cent are asked for and there is no range
   */
  public OptionalDouble inUnits(Optional<ValueRange> range) {
    return switch (kind) {
      case NONE -> OptionalDouble.of(0);
      case ABSOLUTE -> OptionalDouble.of(amount);
      case PERCENT ->
          range.isEmpty()
              ? OptionalDouble.empty()
              : OptionalDouble.of(amount / 100 * (range.get().high() - range.get().low()));
    };
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return kind == Kind.PERCENT ? amount + "%" : Double.toString(amount);
  }
}
