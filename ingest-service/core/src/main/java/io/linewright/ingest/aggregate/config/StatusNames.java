package io.linewright.ingest.aggregate.config;

import io.linewright.model.sample.StatusCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Collectors;

/** Status codes in words: names of OPC UA part 6, annex A.2; info bits of part 13. */
public final class StatusNames {

  private static final String TABLE =
      """
      00000000 Good
      002D0000 GoodSubscriptionTransferred
      002E0000 GoodCompletesAsynchronously
      002F0000 GoodOverload
      00300000 GoodClamped
      00960000 GoodLocalOverride
      00A20000 GoodEntryInserted
      00A30000 GoodEntryReplaced
      00A50000 GoodNoData
      00A60000 GoodMoreData
      00D90000 GoodDataIgnored
      00DC0000 GoodEdited
      00DD0000 GoodPostActionFailed
      00E00000 GoodDependentValueChanged
      00EB0000 GoodSubNormal
      04010000 GoodCascadeInitializationAcknowledged
      04020000 GoodCascadeInitializationRequest
      04030000 GoodCascadeNotInvited
      04040000 GoodCascadeNotSelected
      04070000 GoodFaultStateActive
      04080000 GoodInitiateFaultState
      40000000 Uncertain
      408F0000 UncertainNoCommunicationLastUsableValue
      40900000 UncertainLastUsableValue
      40910000 UncertainSubstituteValue
      40920000 UncertainInitialValue
      40930000 UncertainSensorNotAccurate
      40940000 UncertainEngineeringUnitsExceeded
      40950000 UncertainSubNormal
      40A40000 UncertainDataSubNormal
      40DE0000 UncertainDominantValueChanged
      40E20000 UncertainDependentValueChanged
      42080000 UncertainTransducerInManual
      42090000 UncertainSimulatedValue
      420A0000 UncertainSensorCalibration
      420F0000 UncertainConfigurationError
      80000000 Bad
      80010000 BadUnexpectedError
      80020000 BadInternalError
      80030000 BadOutOfMemory
      80040000 BadResourceUnavailable
      80050000 BadCommunicationError
      80060000 BadEncodingError
      80070000 BadDecodingError
      800A0000 BadTimeout
      800B0000 BadServiceUnsupported
      800C0000 BadShutdown
      800D0000 BadServerNotConnected
      800E0000 BadServerHalted
      801F0000 BadUserAccessDenied
      80230000 BadInvalidTimestamp
      80310000 BadNoCommunication
      80320000 BadWaitingForInitialData
      80330000 BadNodeIdInvalid
      80340000 BadNodeIdUnknown
      80350000 BadAttributeIdInvalid
      80360000 BadIndexRangeInvalid
      80370000 BadIndexRangeNoData
      803A0000 BadNotReadable
      803B0000 BadNotWritable
      803C0000 BadOutOfRange
      803D0000 BadNotSupported
      803E0000 BadNotFound
      803F0000 BadObjectDeleted
      80400000 BadNotImplemented
      80740000 BadTypeMismatch
      80850000 BadRequestTimeout
      80890000 BadConfigurationError
      808A0000 BadNotConnected
      808B0000 BadDeviceFailure
      808C0000 BadSensorFailure
      808D0000 BadOutOfService
      809B0000 BadNoData
      809D0000 BadDataLost
      809E0000 BadDataUnavailable
      80B10000 BadNoDataAvailable
      80B20000 BadWaitingForResponse
      80BF0000 BadStateNotActive
      80D60000 BadAggregateInvalidInputs
      80D70000 BadBoundNotFound
      80D80000 BadBoundNotSupported
      80E10000 BadDominantValueChanged
      80E30000 BadDependentValueChanged
      80F00000 BadNoValue
      """;

  private static final Map<Integer, String> NAMES = names();
  private static final Map<String, Integer> CODES =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Entry::getValue, Entry::getKey));

  private StatusNames() {}

  /** The name of the code without its info bits; for one that is not listed severity and number. */
  public static String of(StatusCode status) {
    StatusCode code = AggregateStatus.code(status);
    String name = NAMES.get(code.bits());
    return name == null ? "%s (%s)".formatted(severity(code), code) : name;
  }

  /** The code of a name of the table, as it stands there; empty for any other text. */
  public static Optional<StatusCode> named(String name) {
    return Optional.ofNullable(CODES.get(name)).map(StatusCode::of);
  }

  /** {@code Raw}, {@code Calculated} or {@code Interpolated}, then what else is set. */
  public static List<String> info(StatusCode status) {
    int bits = AggregateStatus.info(status);
    List<String> words = new ArrayList<>(2);
    if ((bits & AggregateStatus.CALCULATED) != 0) {
      words.add("Calculated");
    } else {
      words.add((bits & AggregateStatus.INTERPOLATED) != 0 ? "Interpolated" : "Raw");
    }
    add(words, bits, AggregateStatus.PARTIAL, "Partial");
    add(words, bits, AggregateStatus.EXTRA_DATA, "ExtraData");
    add(words, bits, AggregateStatus.MULTIPLE_VALUES, "MultipleValues");
    return words;
  }

  private static void add(List<String> words, int bits, int bit, String word) {
    if ((bits & bit) != 0) {
      words.add(word);
    }
  }

  private static String severity(StatusCode code) {
    return switch (code.severity()) {
      case GOOD -> "Good";
      case UNCERTAIN -> "Uncertain";
      case BAD -> "Bad";
    };
  }

  private static Map<Integer, String> names() {
    Map<Integer, String> names = new HashMap<>();
    TABLE
        .lines()
        .forEach(line -> names.put(Integer.parseUnsignedInt(line, 0, 8, 16), line.substring(9)));
    return Map.copyOf(names);
  }
}
