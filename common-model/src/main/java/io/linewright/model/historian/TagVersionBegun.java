package io.linewright.model.historian;

/**
 * Values of a tag have another type or unit from {@code ce_time} on. Values before and after it
 * must not be mixed without conversion.
 *
 * @param machine equipment path under which the values arrive
 * @param tag name of the tag
 * @param version number of what begins, from 2
 * @param type {@code boolean}, {@code integer}, {@code double}, {@code string} or {@code bytes}
 * @param unit UCUM code; {@code 1} for none
 * @param formerType type before
 * @param formerUnit unit before
 */
public record TagVersionBegun(
    String machine,
    String tag,
    int version,
    String type,
    String unit,
    String formerType,
    String formerUnit) {}
