package io.linewright.ingest.app.rollup;

import io.linewright.ingest.batch.SampleRow;
import io.linewright.ingest.rollup.LongSet;
import io.linewright.ingest.rollup.MinuteMarks;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The marks of one writer of samples. A live stream touches the same minute with every batch; its
 * mark is added once per epoch. That is safe because of {@link Epochs}: whoever leaves a mark out
 * has committed it in the running epoch, and holds the epoch until the commit; the worker takes
 * marks of an epoch only when nobody holds it any more, so it sees what was left unmarked. A writer
 * that cannot hold the running epoch at once waits for nobody and marks all it touches.
 */
public final class WriterMarks {

  /** Most minutes that are remembered; then all are forgotten, which costs marks only. */
  static final int MOST_REMEMBERED = 500_000;

  private static final Runnable NOTHING = () -> {};
  private static final LongSet NONE = new LongSet();

  private final LongSet marked = new LongSet();
  private long markedEpoch;

  /**
   * Marks what the rows touch.
   *
   * @param connection in the transaction that writes the rows, READ COMMITTED
   * @param rows in {@link SampleRow#WRITING_ORDER}
   * @return to be run after the commit, and only then
   */
  public Runnable mark(Connection connection, List<SampleRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return NOTHING;
    }
    long epoch = Epochs.hold(connection);
    MinuteMarks marks;
    synchronized (marked) {
      marks = MinuteMarks.of(rows, epoch == markedEpoch ? marked : NONE);
    }
    DirtyMarks.add(connection, marks.ranges(), epoch);
    return epoch == DirtyMarks.NO_EPOCH ? NOTHING : () -> committed(epoch, marks.minutes());
  }

  /** Forgets what was marked; for when it is not sure that the database still has it. */
  public void forget() {
    synchronized (marked) {
      marked.clear();
      markedEpoch = DirtyMarks.NO_EPOCH;
    }
  }

  private void committed(long epoch, LongSet minutes) {
    synchronized (marked) {
      if (epoch != markedEpoch || marked.size() > MOST_REMEMBERED) {
        marked.clear();
        markedEpoch = epoch;
      }
      marked.addAll(minutes);
    }
  }
}
