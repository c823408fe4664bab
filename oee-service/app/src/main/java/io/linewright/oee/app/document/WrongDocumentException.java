package io.linewright.oee.app.document;

import io.linewright.oee.masterdata.form.Fault;
import java.util.List;

/** A document, or an item that was sent by itself, of which nothing can be taken. */
public final class WrongDocumentException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * @param faults what is wrong, at least one
   */
  public WrongDocumentException(List<Fault> faults) {
    super(faults.getFirst().text());
    this.faults = List.copyOf(faults);
  }

  /** What is wrong. */
  public List<Fault> faults() {
    return faults;
  }
}
