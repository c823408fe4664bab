package io.linewright.edge.opcua;

/** OPC UA DateTime (part 6, clause 5.2.2.5): 100 ns intervals since 1601-01-01T00:00:00Z. */
public final class UaTimes {

  /** 1970-01-01T00:00:00Z as an OPC UA DateTime. */
  public static final long UNIX_EPOCH = 116_444_736_000_000_000L;

  /** Microseconds since 1970; the 100 ns digit is cut towards the past. */
  public static long toMicros(long uaTime) {
    return Math.floorDiv(uaTime - UNIX_EPOCH, 10);
  }

  private UaTimes() {}
}
