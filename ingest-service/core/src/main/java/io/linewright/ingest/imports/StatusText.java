package io.linewright.ingest.imports;

import io.linewright.model.sample.StatusCode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OPC UA status codes as text: the symbolic name (part 6, annex A.2), with or without the
 * underscore behind its severity, or the number, decimal or hexadecimal with {@code 0x}. Names are
 * known of those codes that a value can have.
 */
public final class StatusText {

  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10}");
  private static final long MOST = 0xFFFF_FFFFL;

  private static final Map<String, Integer> BY_NAME =
      Map.ofEntries(
          Map.entry("Good", 0),
          Map.entry("Uncertain", 0x40000000),
          Map.entry("Bad", 0x80000000),
          Map.entry("BadUnexpectedError", 0x80010000),
          Map.entry("BadInternalError", 0x80020000),
          Map.entry("BadOutOfMemory", 0x80030000),
          Map.entry("BadResourceUnavailable", 0x80040000),
          Map.entry("BadCommunicationError", 0x80050000),
          Map.entry("BadEncodingError", 0x80060000),
          Map.entry("BadDecodingError", 0x80070000),
          Map.entry("BadTimeout", 0x800A0000),
          Map.entry("BadShutdown", 0x800C0000),
          Map.entry("BadServerNotConnected", 0x800D0000),
          Map.entry("BadServerHalted", 0x800E0000),
          Map.entry("BadUserAccessDenied", 0x801F0000),
          Map.entry("BadInvalidTimestamp", 0x80230000),
          Map.entry("GoodCompletesAsynchronously", 0x002E0000),
          Map.entry("GoodOverload", 0x002F0000),
          Map.entry("GoodClamped", 0x00300000),
          Map.entry("BadNoCommunication", 0x80310000),
          Map.entry("BadWaitingForInitialData", 0x80320000),
          Map.entry("BadNodeIdInvalid", 0x80330000),
          Map.entry("BadNodeIdUnknown", 0x80340000),
          Map.entry("BadAttributeIdInvalid", 0x80350000),
          Map.entry("BadIndexRangeInvalid", 0x80360000),
          Map.entry("BadIndexRangeNoData", 0x80370000),
          Map.entry("BadNotReadable", 0x803A0000),
          Map.entry("BadNotWritable", 0x803B0000),
          Map.entry("BadOutOfRange", 0x803C0000),
          Map.entry("BadNotSupported", 0x803D0000),
          Map.entry("BadNotFound", 0x803E0000),
          Map.entry("BadObjectDeleted", 0x803F0000),
          Map.entry("BadNotImplemented", 0x80400000),
          Map.entry("BadNoValue", 0x80F00000),
          Map.entry("BadTypeMismatch", 0x80740000),
          Map.entry("BadStateNotActive", 0x80BF0000),
          Map.entry("BadRequestTimeout", 0x80850000),
          Map.entry("BadConfigurationError", 0x80890000),
          Map.entry("BadNotConnected", 0x808A0000),
          Map.entry("BadDeviceFailure", 0x808B0000),
          Map.entry("BadSensorFailure", 0x808C0000),
          Map.entry("BadOutOfService", 0x808D0000),
          Map.entry("UncertainNoCommunicationLastUsableValue", 0x408F0000),
          Map.entry("UncertainLastUsableValue", 0x40900000),
          Map.entry("UncertainSubstituteValue", 0x40910000),
          Map.entry("UncertainInitialValue", 0x40920000),
          Map.entry("UncertainSensorNotAccurate", 0x40930000),
          Map.entry("UncertainEngineeringUnitsExceeded", 0x40940000),
          Map.entry("UncertainSubNormal", 0x40950000),
          Map.entry("GoodLocalOverride", 0x00960000),
          Map.entry("GoodSubNormal", 0x00EB0000),
          Map.entry("BadNoData", 0x809B0000),
          Map.entry("BadBoundNotFound", 0x80D70000),
          Map.entry("BadBoundNotSupported", 0x80D80000),
          Map.entry("BadDataLost", 0x809D0000),
          Map.entry("BadDataUnavailable", 0x809E0000),
          Map.entry("UncertainDataSubNormal", 0x40A40000),
          Map.entry("GoodNoData", 0x00A50000),
          Map.entry("GoodMoreData", 0x00A60000),
          Map.entry("BadAggregateInvalidInputs", 0x80D60000),
          Map.entry("GoodDataIgnored", 0x00D90000),
          Map.entry("GoodEdited", 0x00DC0000),
          Map.entry("GoodPostActionFailed", 0x00DD0000),
          Map.entry("UncertainDominantValueChanged", 0x40DE0000),
          Map.entry("GoodDependentValueChanged", 0x00E00000),
          Map.entry("BadDominantValueChanged", 0x80E10000),
          Map.entry("UncertainDependentValueChanged", 0x40E20000),
          Map.entry("BadDependentValueChanged", 0x80E30000),
          Map.entry("BadNoDataAvailable", 0x80B10000),
          Map.entry("BadWaitingForResponse", 0x80B20000),
          Map.entry("UncertainTransducerInManual", 0x42080000),
          Map.entry("UncertainSimulatedValue", 0x42090000),
          Map.entry("UncertainSensorCalibration", 0x420A0000),
          Map.entry("UncertainConfigurationError", 0x420F0000),
          Map.entry("GoodCascadeInitializationAcknowledged", 0x04010000),
          Map.entry("GoodCascadeInitializationRequest", 0x04020000),
          Map.entry("GoodCascadeNotInvited", 0x04030000),
          Map.entry("GoodCascadeNotSelected", 0x04040000),
          Map.entry("GoodFaultStateActive", 0x04070000),
          Map.entry("GoodInitiateFaultState", 0x04080000));

  private StatusText() {}

  /**
   * The code that a text stands for.
   *
   * @throws IllegalArgumentException if it is neither a known name nor a number of 32 bits
   */
  public static StatusCode parse(String text) {
    if (NUMBER.matcher(text).matches()) {
      boolean hexadecimal = text.length() > 1 && text.toLowerCase(Locale.ROOT).charAt(1) == 'x';
      long bits = hexadecimal ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
      if (bits <= MOST) {
        return StatusCode.of((int) bits);
      }
    }
    Integer known = BY_NAME.get(text.replaceFirst("_", ""));
    if (known == null) {
      throw new IllegalArgumentException(
          "'%s' is no status; write a name of OPC UA like Good or Bad_NoData, or a number like"
                  .formatted(ImportText.shortened(text))
              + " 0x809B0000");
    }
    return StatusCode.of(known);
  }
}
