package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.Fault;
import io.linewright.oee.masterdata.form.MasterKind;
import java.util.List;
import java.util.Optional;

/**
 * An item of a document, judged.
 *
 * @param line where it begins, from 1; 0 if it came in no file
 * @param kind of which section
 * @param key its key; of one that is refused its name or place in the document
 * @param item what was read; empty if it is refused
 * @param faults why, at most 20
 */
public record MasterRow(
    int line, MasterKind kind, String key, Optional<MasterItem> item, List<Fault> faults) {

  /**
   * @throws IllegalArgumentException if it is neither taken nor refused for a reason
   */
  public MasterRow {
    faults = List.copyOf(faults);
    if (item.isPresent() != faults.isEmpty()) {
      throw new IllegalArgumentException("a row is taken, or refused for a reason");
    }
  }
}
