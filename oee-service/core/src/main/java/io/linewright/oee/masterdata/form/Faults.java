package io.linewright.oee.masterdata.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong, so that one reading finds all of it. Used by one thread. */
public final class Faults {

  /** Most faults that are kept of one item or of the frame; what is beyond is only counted. */
  public static final int MOST = 20;

  private final List<Fault> list = new ArrayList<>();
  private int found;

  /** Notes a fault. */
  public void add(int line, String field, String wrong, String right) {
    found++;
    if (list.size() < MOST) {
      list.add(new Fault(line, field, wrong, right));
    }
  }

  /** Whether there is none. */
  public boolean none() {
    return found == 0;
  }

  /** How many there are, also those that were not kept. */
  public int found() {
    return found;
  }

  /** Those that were kept, by line. */
  public List<Fault> list() {
    return list.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
  }
}
