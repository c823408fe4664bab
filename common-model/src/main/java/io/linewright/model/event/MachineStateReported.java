package io.linewright.model.event;

import org.jspecify.annotations.Nullable;

/**
 * A machine reports its state. Which states there are is the machine's business: what it says is
 * {@code value}; {@code state} and {@code stateName} are what PackML reads into a whole number.
 *
 * @param machine equipment path
 * @param tag name of the tag that says so
 * @param state PackTags number 1 to 17 (ISA-TR88.00.02); null if the state is not known
 * @param stateName name of the state in upper case; null if not known
 * @param value what the tag says as text, a whole number as its digits; null if there is none, and
 *     in events written before 2026-12, whose text is lost and whose number is {@code state}
 * @param status OPC UA status code of the value, unsigned 32-bit
 * @param ordinal order within the microsecond of {@code ce_time}
 * @param historical true if it comes from backlog: recompute, do not notify
 */
public record MachineStateReported(
    String machine,
    String tag,
    @Nullable Integer state,
    @Nullable String stateName,
    @Nullable String value,
    long status,
    int ordinal,
    boolean historical) {}
