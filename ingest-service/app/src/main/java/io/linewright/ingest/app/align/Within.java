package io.linewright.ingest.app.align;

import io.linewright.ingest.align.AlignedRow;
import io.linewright.ingest.app.answer.TimeRange;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows that lie in a range; those of the samples around it only make values. */
final class Within implements Iterator<AlignedRow> {

  private final Iterator<AlignedRow> rows;
  private final TimeRange range;
  private @Nullable AlignedRow next;

  Within(Iterator<AlignedRow> rows, TimeRange range) {
    this.rows = rows;
    this.range = range;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public AlignedRow next() {
    AlignedRow row = next;
    if (row == null) {
      throw new NoSuchElementException();
    }
    advance();
    return row;
  }

  private void advance() {
    do {
      next = rows.hasNext() ? rows.next() : null;
    } while (next != null && next.micros() < range.fromMicros());
    if (next != null && next.micros() >= range.toMicros()) {
      next = null;
    }
  }
}
