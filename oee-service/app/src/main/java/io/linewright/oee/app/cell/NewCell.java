package io.linewright.oee.app.cell;

import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.hash.InputHash;
import org.jspecify.annotations.Nullable;

/**
 * A cell that is to be kept.
 *
 * @param machineId whose it is
 * @param cell in the form of {@link StoredForm}; without time that is not known yet
 * @param shift the shift that it is of; null where there is none
 * @param version how often its content was another, from 1
 * @param inputs what it was computed from
 */
public record NewCell(
    int machineId, Cell cell, @Nullable Shift shift, int version, InputHash inputs) {}
