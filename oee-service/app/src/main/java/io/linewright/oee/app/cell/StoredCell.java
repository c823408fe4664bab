package io.linewright.oee.app.cell;

import io.linewright.oee.element.Cell;
import io.linewright.oee.engine.hash.InputHash;

/**
 * A cell as it is kept.
 *
 * @param cell in the form of {@link StoredForm}
 * @param version how often its content was another, from 1
 * @param inputs what it was computed from
 */
public record StoredCell(Cell cell, int version, InputHash inputs) {}
