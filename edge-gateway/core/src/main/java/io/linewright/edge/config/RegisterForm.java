package io.linewright.edge.config;

/**
 * What a Modbus value needs beyond its encoding.
 *
 * @param length characters of a text, 1 to 246 (as many fit one write); 0 for all else
 * @param padding what fills a text up to its length
 * @param bit bit of a register that is the value, 0 (least significant) to 15; {@link #WHOLE}: the
 *     whole register
 * @param scale factor of the raw number, finite and not 0
 * @param offset added after scaling, in the unit of the tag, finite
 */
public record RegisterForm(int length, Padding padding, int bit, double scale, double offset) {

  /** No single bit is meant. */
  public static final int WHOLE = -1;

  /** Longest text: 123 registers, the most of one write (clause 6.12). */
  public static final int MAX_LENGTH = 246;

  /** No text, no bit, no scaling. */
  public static final RegisterForm PLAIN = new RegisterForm(0, Padding.NUL, WHOLE, 1, 0);

  /** What fills a text up to its length. */
  public enum Padding {
    /** Zero bytes; a text ends before the first. */
    NUL((byte) 0),
    /** Blanks; a text ends behind its last other character. */
    SPACE((byte) ' ');

    private final byte filler;

    Padding(byte filler) {
      this.filler = filler;
    }

    /** The byte that fills. */
    public byte filler() {
      return filler;
    }
  }

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public RegisterForm {
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException("a text has 1 to " + MAX_LENGTH + " characters");
    }
    if (bit < WHOLE || bit > 15) {
      throw new IllegalArgumentException("a register has bits 0 to 15, not " + bit);
    }
    if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
      throw new IllegalArgumentException("scale must be finite and not 0, offset finite");
    }
  }

  /** A text of so many characters. */
  public static RegisterForm text(int length, Padding padding) {
    return new RegisterForm(length, padding, WHOLE, 1, 0);
  }

  /** One bit of a register. */
  public static RegisterForm ofBit(int bit) {
    return new RegisterForm(0, Padding.NUL, bit, 1, 0);
  }

  /** A scaled number. */
  public static RegisterForm scaled(double scale, double offset) {
    return new RegisterForm(0, Padding.NUL, WHOLE, scale, offset);
  }

  /** Whether values are scaled or shifted. */
  public boolean isScaled() {
    return scale != 1 || offset != 0;
  }
}
