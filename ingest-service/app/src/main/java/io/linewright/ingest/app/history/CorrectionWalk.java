package io.linewright.ingest.app.history;

import io.linewright.ingest.app.truth.CorrectionLog;
import io.linewright.ingest.app.truth.CorrectionLog.Place;
import io.linewright.ingest.app.truth.Edition;
import io.linewright.ingest.truth.Entry;
import io.linewright.ingest.truth.Order;
import io.linewright.ingest.truth.Target.At;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Corrections of single values between two keys, a stretch at a time. */
final class CorrectionWalk implements Iterator<Entry> {

  private final CorrectionLog log;
  private final Edition edition;
  private final Order order;
  private final At end;
  private final int stretch;
  private List<Entry> current = List.of();
  private int at;
  private Place place;
  private boolean ended;

  /**
   * @param low behind which the keys lie
   * @param high before which they lie
   */
  CorrectionWalk(CorrectionLog log, Edition edition, Order order, At low, At high, int stretch) {
    this.log = log;
    this.edition = edition;
    this.order = order;
    this.stretch = stretch;
    boolean up = order == Order.OLDEST_FIRST;
    this.end = up ? high : low;
    this.place = up ? new Place(low, Long.MAX_VALUE) : new Place(high, 0);
  }

  @Override
  public boolean hasNext() {
    if (at == current.size() && !ended) {
      current = log.values(edition, order, place, end, stretch);
      at = 0;
      ended = current.size() < stretch;
      if (!current.isEmpty()) {
        Entry last = current.getLast();
        place = new Place((At) last.correction().target(), last.version());
      }
    }
    return at < current.size();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.get(at++);
  }
}
