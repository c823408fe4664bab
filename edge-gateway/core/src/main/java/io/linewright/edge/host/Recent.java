package io.linewright.edge.host;

import io.linewright.edge.sparkplug.MessageType;
import java.util.ArrayList;
import java.util.List;

/**
 * The last messages taken from a foreign node. They tell a message that the network repeated from
 * one that comes late, and one that comes late from one after a gap of more than half of all
 * sequence numbers.
 *
 * @param marks what was taken, oldest first, at most {@link #MOST}
 */
public record Recent(List<Mark> marks) {

  /** Nothing taken yet. */
  public static final Recent NONE = new Recent(List.of());

  /** Most messages that are remembered. */
  public static final int MOST = 32;

  public Recent {
    marks = List.copyOf(marks);
  }

  /**
   * One message.
   *
   * @param seq its sequence number
   * @param millis its time
   * @param type its type
   * @param device its device; the empty text for none
   */
  public record Mark(int seq, long millis, MessageType type, String device) {

    static Mark of(Frame frame) {
      return new Mark(
          frame.payload().seq().orElse(-1), frame.millis(), frame.type(), frame.device());
    }
  }

  /** Whether the same message was taken before. One without time of its own is never the same. */
  boolean contains(Frame frame) {
    return frame.payload().timestampMillis().isPresent() && marks.contains(Mark.of(frame));
  }

  /** Whether the message was sent after everything that was taken. */
  boolean newer(Frame frame) {
    return frame.payload().timestampMillis().isPresent()
        && marks.stream().allMatch(mark -> mark.millis() < frame.millis());
  }

  Recent with(Frame frame) {
    int from = marks.size() < MOST ? 0 : 1;
    List<Mark> more = new ArrayList<>(marks.subList(from, marks.size()));
    more.add(Mark.of(frame));
    return new Recent(more);
  }
}
