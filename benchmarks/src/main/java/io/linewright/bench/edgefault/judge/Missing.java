package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for the changes of one tag that are not stored. A recorded loss comes first. What is
 * left must lie in a {@link Gap}, in no more pieces than that has interruptions, and the tag must
 * say so by a row within the gap that is not Good or has the overflow bit, unless the gateway was
 * dead.
 *
 * @param recorded changes that a recorded loss covers
 * @param unseen changes that the gap excuses
 * @param lost the others
 */
record Missing(long recorded, long unseen, long lost) {

  /** Info type DataValue with the overflow bit (OPC UA part 4, clause 7.38). */
  private static final long OVERFLOW = 0x0480;

  private static final long SEVERITY = 0xC0000000L;

  /**
   * @param lines changes that are expected, in order
   * @param found which of them are stored
   * @param told called with each change that nothing accounts for, and why
   */
  static Missing of(
      List<TruthLine> lines,
      boolean[] found,
      List<StoredSample> rows,
      List<Gap> gaps,
      LossBook losses,
      Consumer<String> told) {
    long recorded = 0;
    long unseen = 0;
    long lost = 0;
    Map<Gap, Integer> pieces = new HashMap<>();
    for (List<TruthLine> piece : pieces(lines, found)) {
      List<TruthLine> open = new ArrayList<>();
      for (TruthLine line : piece) {
        if (losses.covers(line.tag(), line.sourceMicros())) {
          recorded++;
        } else {
          open.add(line);
        }
      }
      @Nullable Gap used = null;
      for (TruthLine line : open) {
        Gap gap = gapOf(gaps, line.sourceMicros());
        if (gap != null && gap != used) {
          pieces.merge(gap, 1, Integer::sum);
          used = gap;
        }
        String complaint = complaint(gap, pieces, rows);
        if (complaint.isEmpty()) {
          unseen++;
        } else {
          lost++;
          told.accept(line + ": " + complaint);
        }
      }
    }
    return new Missing(recorded, unseen, lost);
  }

  private static String complaint(
      @Nullable Gap gap, Map<Gap, Integer> pieces, List<StoredSample> rows) {
    if (gap == null) {
      return "not stored, and nothing kept the gateway from it";
    }
    if (pieces.getOrDefault(gap, 0) > gap.pieces()) {
      return "one more piece is missing than there were faults in " + gap;
    }
    return gap.gatewayDead() || announced(gap, rows) ? "" : "missing without a word in " + gap;
  }

  private static boolean announced(Gap gap, List<StoredSample> rows) {
    return rows.stream()
        .filter(row -> gap.holds(row.sourceMicros()))
        .anyMatch(row -> (row.status() & SEVERITY) != 0 || (row.status() & OVERFLOW) == OVERFLOW);
  }

  private static List<List<TruthLine>> pieces(List<TruthLine> lines, boolean[] found) {
    List<List<TruthLine>> pieces = new ArrayList<>();
    boolean inside = false;
    for (int i = 0; i < lines.size(); i++) {
      if (!found[i]) {
        if (!inside) {
          pieces.add(new ArrayList<>());
        }
        pieces.getLast().add(lines.get(i));
      }
      inside = !found[i];
    }
    return pieces;
  }

  private static @Nullable Gap gapOf(List<Gap> gaps, long micros) {
    for (Gap gap : gaps) {
      if (gap.holds(micros)) {
        return gap;
      }
    }
    return null;
  }
}
