package io.linewright.model.sample;

/**
 * OPC UA status code of a value, all 32 bits kept (OPC UA part 4, clause 7.38; names and numbers
 * from part 6, annex A.2).
 *
 * @param bits severity in bits 31–30, sub-code in 27–16, flags and info bits below
 */
public record StatusCode(int bits) {

  public static final StatusCode GOOD = new StatusCode(0);
  public static final StatusCode UNCERTAIN = new StatusCode(0x40000000);
  public static final StatusCode UNCERTAIN_LAST_USABLE_VALUE = new StatusCode(0x40900000);
  public static final StatusCode BAD = new StatusCode(0x80000000);
  public static final StatusCode BAD_NO_COMMUNICATION = new StatusCode(0x80310000);
  public static final StatusCode BAD_WAITING_FOR_INITIAL_DATA = new StatusCode(0x80320000);
  public static final StatusCode BAD_NODE_ID_UNKNOWN = new StatusCode(0x80340000);
  public static final StatusCode BAD_TYPE_MISMATCH = new StatusCode(0x80740000);
  public static final StatusCode BAD_CONFIGURATION_ERROR = new StatusCode(0x80890000);
  public static final StatusCode BAD_NOT_CONNECTED = new StatusCode(0x808A0000);
  public static final StatusCode BAD_DEVICE_FAILURE = new StatusCode(0x808B0000);
  public static final StatusCode BAD_OUT_OF_SERVICE = new StatusCode(0x808D0000);

  /** The code with these bits; Good and Bad without sub-code are shared. */
  public static StatusCode of(int bits) {
    return bits == 0 ? GOOD : new StatusCode(bits);
  }

  /** Severity in the two highest bits; the reserved pattern 11 counts as Bad. */
  public Severity severity() {
    return switch (bits >>> 30) {
      case 0 -> Severity.GOOD;
      case 1 -> Severity.UNCERTAIN;
      default -> Severity.BAD;
    };
  }

  public boolean isGood() {
    return bits >>> 30 == 0;
  }

  public boolean isBad() {
    return (bits & 0x80000000) != 0;
  }

  /** Eight hexadecimal digits, {@code 0x80310000}. */
  @Override
  public String toString() {
    return "0x%08X".formatted(bits);
  }
}
