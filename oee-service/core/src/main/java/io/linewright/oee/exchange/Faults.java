package io.linewright.oee.exchange;

import io.linewright.oee.document.DocFault;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong; the first {@value ScheduleReader#MAX_FAULTS} are enough for people. */
final class Faults {

  private final List<DocFault> first = new ArrayList<>();

  void add(String path, String reason) {
    if (first.size() < ScheduleReader.MAX_FAULTS) {
      first.add(new DocFault(path, reason));
    }
  }

  boolean isEmpty() {
    return first.isEmpty();
  }

  List<DocFault> first() {
    return List.copyOf(first);
  }
}
