package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.util.ArrayList;
import java.util.List;

/** Who refers to what, so that nothing is taken back that is in use. */
public final class References {

  private References() {}

  /** The items that refer to one, each as its kind and key; empty if it can be taken back. */
  public static List<String> to(Entries entries, MasterKind kind, String key) {
    return switch (kind) {
      case CALENDAR -> by(entries, MasterKind.CALENDAR_ASSIGNMENT, "calendar", key);
      case REASON_TREE -> by(entries, MasterKind.MACHINE_RULES, "reason-tree", key);
      case STATE_MODEL -> by(entries, MasterKind.MACHINE_RULES, "state-model", key);
      case SITE,
          CALENDAR_ASSIGNMENT,
          PLANNED_STOP,
          PRODUCT,
          IDEAL_CYCLE,
          LINE,
          MACHINE_RULES,
          TOLERANCE,
          MANUAL_STATION ->
          List.of();
    };
  }

  private static List<String> by(Entries entries, MasterKind kind, String field, String key) {
    List<String> found = new ArrayList<>();
    for (String user : entries.keys(kind)) {
      boolean uses =
          entries.contents(kind, user).values().stream()
              .flatMap(content -> content.fields().stream())
              .anyMatch(f -> f.name().equals(field) && f.value().equals(new Node.Text(0, key)));
      if (uses) {
        found.add(kind.section() + "/" + user);
      }
    }
    return found;
  }
}
