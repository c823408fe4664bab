package io.linewright.oee.masterdata.content;

import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import io.linewright.oee.reason.Maintenance;
import io.linewright.oee.reason.Reason;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.TimeCategory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads trees of reasons. */
final class TreeReader {

  private static final int MOST_REASONS = 2_000;
  private static final int MOST_SIGNALS = 5_000;
  private static final Scalar<String> CODE = Scalars.name("the reason");
  private static final Scalar<TimeCategory> CATEGORY =
      Scalars.oneOf(EnumSet.range(TimeCategory.SETUP, TimeCategory.PLANNED_STOP));

  /** A reason as it was written; what it does not say its parent does. */
  private record Written(
      String code,
      String name,
      Optional<TimeCategory> category,
      Optional<Maintenance> maintenance,
      Optional<String> parent,
      Block block) {}

  private TreeReader() {}

  static Optional<Content.Tree> read(String name, Block block) {
    Map<String, Written> reasons = new LinkedHashMap<>();
    for (Value item :
        block
            .requiredValue("reasons", "list them, as - {code: jam, category: minor-stop}")
            .map(list -> list.items(MOST_REASONS, "list up to 2000 reasons"))
            .orElse(List.of())) {
      reason(item.block())
          .ifPresent(
              reason -> {
                if (reasons.putIfAbsent(reason.code, reason) != null) {
                  reason.block.fault(
                      "code", "there is another reason " + reason.code, "use another code");
                }
              });
    }
    Map<String, Value> written =
        block
            .block("signals")
            .map(
                signals ->
                    (Map<String, Value>)
                        signals.named(Scalars.text(200, "write what the tag says"), MOST_SIGNALS))
            .orElse(Map.of());
    boolean sticky = block.optional("sticky", Scalars.TRUTH).orElse(false);
    Map<String, String> signals = new HashMap<>();
    written.forEach((text, code) -> code.as(CODE).ifPresent(c -> signals.put(text, c)));
    if (!block.isRight()) {
      return Optional.empty();
    }
    return tree(name, reasons, signals, written, sticky, block);
  }

  private static Optional<Written> reason(Block block) {
    Optional<String> code = block.required("code", CODE);
    Optional<String> parent = block.optional("parent", CODE);
    Optional<String> name =
        block.optional("name", Scalars.text(120, "write a text of up to 120 characters"));
    Optional<TimeCategory> category = block.optional("category", CATEGORY);
    Optional<Maintenance> maintenance =
        block.optional("maintenance", Scalars.oneOf(List.of(Maintenance.values())));
    block.end();
    return code.map(
        known -> new Written(known, name.orElse(""), category, maintenance, parent, block));
  }

  private static Optional<Content.Tree> tree(
      String name,
      Map<String, Written> reasons,
      Map<String, String> signals,
      Map<String, Value> written,
      boolean sticky,
      Block block) {
    Set<String> groups =
        reasons.values().stream()
            .flatMap(reason -> reason.parent.stream())
            .collect(Collectors.toSet());
    List<Reason> list = new ArrayList<>();
    for (Written reason : reasons.values()) {
      Optional<List<Written>> path = path(reason, reasons);
      if (path.isEmpty()) {
        continue;
      }
      Optional<TimeCategory> category =
          path.get().stream().flatMap(above -> above.category.stream()).findFirst();
      if (category.isEmpty() && !groups.contains(reason.code)) {
        reason.block.fault("category", "is missing, also at the reasons above", CATEGORY.right());
      }
      list.add(
          new Reason(
              reason.code,
              reason.name,
              // Of a group that says nothing; only leaves are given to stops.
              category.orElse(TimeCategory.UNEXPLAINED),
              path.get().stream()
                  .flatMap(above -> above.maintenance.stream())
                  .findFirst()
                  .orElse(Maintenance.NONE),
              reason.parent.orElse(null)));
    }
    signals.forEach(
        (text, code) -> {
          if (!reasons.containsKey(code) || groups.contains(code)) {
            Value at = written.get(text);
            if (at != null) {
              at.fault("%s is no reason without others below it".formatted(code), "name such one");
            }
          }
        });
    return block.isRight()
        ? Optional.of(new Content.Tree(new ReasonTree(name, list, signals, sticky)))
        : Optional.empty();
  }

  /** A reason and those above it; empty, and a fault, if that does not end at a top. */
  private static Optional<List<Written>> path(Written reason, Map<String, Written> reasons) {
    List<Written> path = new ArrayList<>();
    Written at = reason;
    while (true) {
      path.add(at);
      if (at.parent.isEmpty()) {
        return Optional.of(path);
      }
      Written above = reasons.get(at.parent.get());
      if (above == null || path.contains(above)) {
        if (at.equals(reason) || above != null && above.equals(reason)) {
          String wrong = above == null ? "is not there" : "is below this reason";
          reason.block.fault("parent", at.parent.get() + " " + wrong, "name a reason of the tree");
        }
        return Optional.empty();
      }
      at = above;
    }
  }
}
