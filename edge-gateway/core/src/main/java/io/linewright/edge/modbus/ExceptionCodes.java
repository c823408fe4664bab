package io.linewright.edge.modbus;

import io.linewright.model.sample.StatusCode;

/** Exception answers (MODBUS Application Protocol V1.1b3, clause 7) as OPC UA status codes. */
public final class ExceptionCodes {

  /** The device has accepted the request and needs long for it. */
  public static final int ACKNOWLEDGE = 5;

  /** The device is busy; the request was not carried out. */
  public static final int BUSY = 6;

  private static final StatusCode BAD_NOT_SUPPORTED = new StatusCode(0x803D0000);
  private static final StatusCode BAD_RESOURCE_UNAVAILABLE = new StatusCode(0x80040000);

  /** What a tag's status is after an exception answer to the read of that tag alone. */
  public static StatusCode status(int exceptionCode) {
    return switch (exceptionCode) {
      case 1 -> BAD_NOT_SUPPORTED;
      case 2, 3 -> StatusCode.BAD_CONFIGURATION_ERROR;
      case ACKNOWLEDGE, BUSY -> BAD_RESOURCE_UNAVAILABLE;
      case 10, 11 -> StatusCode.BAD_NO_COMMUNICATION;
      default -> StatusCode.BAD_DEVICE_FAILURE;
    };
  }

  /** Whether the device only asks for patience: acknowledge (5) or busy (6). */
  public static boolean asksForPatience(int exceptionCode) {
    return exceptionCode == ACKNOWLEDGE || exceptionCode == BUSY;
  }

  /** Whether the answer is about the request itself, so that the same request fails again. */
  public static boolean isAboutTheRequest(int exceptionCode) {
    return exceptionCode >= 1 && exceptionCode <= 3;
  }

  /** Whether a gateway answers in place of a unit that it cannot reach (10 and 11). */
  public static boolean isFromGateway(int exceptionCode) {
    return exceptionCode == 10 || exceptionCode == 11;
  }

  /** Words of the standard for a log line. */
  public static String name(int exceptionCode) {
    return switch (exceptionCode) {
      case 1 -> "illegal function";
      case 2 -> "illegal data address";
      case 3 -> "illegal data value";
      case 4 -> "server device failure";
      case ACKNOWLEDGE -> "acknowledge";
      case BUSY -> "server device busy";
      case 8 -> "memory parity error";
      case 10 -> "gateway path unavailable";
      case 11 -> "gateway target device failed to respond";
      default -> "exception " + exceptionCode;
    };
  }

  private ExceptionCodes() {}
}
