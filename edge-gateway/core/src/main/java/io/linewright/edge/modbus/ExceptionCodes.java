package io.linewright.edge.modbus;

import io.linewright.model.sample.StatusCode;

/** Exception answers (MODBUS Application Protocol V1.1b3, clause 7) as OPC UA status codes. */
public final class ExceptionCodes {

  private static final StatusCode BAD_NOT_SUPPORTED = new StatusCode(0x803D0000);
  private static final StatusCode BAD_RESOURCE_UNAVAILABLE = new StatusCode(0x80040000);

  /** What a tag's status is after an exception answer to the read of that tag alone. */
  public static StatusCode status(int exceptionCode) {
    return switch (exceptionCode) {
      case 1 -> BAD_NOT_SUPPORTED;
      case 2, 3 -> StatusCode.BAD_CONFIGURATION_ERROR;
      case 5, 6 -> BAD_RESOURCE_UNAVAILABLE;
      case 10, 11 -> StatusCode.BAD_NO_COMMUNICATION;
      default -> StatusCode.BAD_DEVICE_FAILURE;
    };
  }

  /** Whether the device only asks for patience: acknowledge (5) or busy (6). */
  public static boolean asksForPatience(int exceptionCode) {
    return exceptionCode == 5 || exceptionCode == 6;
  }

  /** Words of the standard for a log line. */
  public static String name(int exceptionCode) {
    return switch (exceptionCode) {
      case 1 -> "illegal function";
      case 2 -> "illegal data address";
      case 3 -> "illegal data value";
      case 4 -> "server device failure";
      case 5 -> "acknowledge";
      case 6 -> "server device busy";
      case 8 -> "memory parity error";
      case 10 -> "gateway path unavailable";
      case 11 -> "gateway target device failed to respond";
      default -> "exception " + exceptionCode;
    };
  }

  private ExceptionCodes() {}
}
