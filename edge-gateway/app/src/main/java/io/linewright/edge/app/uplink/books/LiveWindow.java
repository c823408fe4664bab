package io.linewright.edge.app.uplink.books;

import io.linewright.edge.app.log.LanePositions;
import io.linewright.edge.log.Window;
import io.linewright.model.telemetry.Lane;
import java.util.ArrayDeque;
import java.util.Deque;

/** How much of the live lane is stored and not confirmed. For the logging thread. */
public final class LiveWindow {

  private record Group(long position, long bytes) {}

  private final Window window;
  private final LanePositions positions;
  private final Deque<Group> groups = new ArrayDeque<>();
  private long bytes;

  /**
   * @param window most of it
   */
  public LiveWindow(Window window, LanePositions positions) {
    this.window = window;
    this.positions = positions;
  }

  /** Lane of a new record; see {@link Window#laneOfNew}. */
  public Lane laneOfNew(boolean uplinkReady) {
    long released = positions.released(Lane.LIVE);
    while (!groups.isEmpty() && groups.element().position() <= released) {
      bytes -= groups.remove().bytes();
    }
    return window.laneOfNew(uplinkReady, positions.unconfirmed(Lane.LIVE), bytes);
  }

  /** A group of so many bytes is stored at the end of the lane. */
  public void appended(long size) {
    groups.add(new Group(positions.appended(Lane.LIVE), size));
    bytes += size;
  }

  /** The log is another one. */
  public void clear() {
    groups.clear();
    bytes = 0;
  }
}
