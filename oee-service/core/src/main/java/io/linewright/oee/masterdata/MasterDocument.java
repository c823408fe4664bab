package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.Fault;
import java.util.List;

/**
 * A document that was read.
 *
 * @param rows its items, by line
 * @param faults what is wrong with its frame, at most 20; if there are any, nothing of it may be
 *     taken
 */
public record MasterDocument(List<MasterRow> rows, List<Fault> faults) {

  public MasterDocument {
    rows = List.copyOf(rows);
    faults = List.copyOf(faults);
  }
}
