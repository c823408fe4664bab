package io.linewright.ingest.aggregate.config;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import org.jspecify.annotations.Nullable;

/** Whether a tag's values hold until the next one. */
public final class Stepping {

  private Stepping() {}

  /**
   * As somebody wants it, but for what is no number: that is always stepped.
   *
   * @param wanted null: {@link #byDefault}
   */
  public static boolean of(@Nullable Boolean wanted, DataType type, TagRole role) {
    return wanted == null ? byDefault(type, role) : wanted || !isNumber(type);
  }

  /**
   * As long as nobody says otherwise. True for what is no number, and for numbers that are states,
   * counts of items, causes, identifiers, durations of a cycle or counters of a stage: nothing lies
   * between two of them. False for measured quantities; energy is one, although it only grows.
   */
  public static boolean byDefault(DataType type, TagRole role) {
    if (!isNumber(type)) {
      return true;
    }
    return switch (role) {
      case MACHINE_STATE,
          GOOD_COUNT,
          REJECT_COUNT,
          REWORK_COUNT,
          TOTAL_COUNT,
          STOP_REASON,
          ALARM,
          ORDER,
          PRODUCT,
          LOT,
          SERIAL,
          CYCLE_TIME,
          HEARTBEAT,
          STAGE_COUNTER ->
          true;
      case POWER, ENERGY, VIBRATION_RMS, TEMPERATURE, CURRENT, SPEED, PROCESS_VALUE -> false;
    };
  }

  private static boolean isNumber(DataType type) {
    return type == DataType.DOUBLE || type == DataType.INTEGER;
  }
}
