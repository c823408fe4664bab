package io.linewright.edge.app.logic;

import io.linewright.edge.clock.TagTimes;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.logic.rule.Rule;
import io.linewright.edge.logic.summary.Summary;
import io.linewright.edge.sampling.StampedSample;
import io.linewright.model.equipment.TagName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the parts of a device's stage. What the file says as before keeps its state; what is new
 * takes over what was said before a restart.
 */
final class StageBuilder {

  /** The parts of a stage under an earlier file. */
  record Parts(Map<TagName, TagLogic> tags, List<SummaryRun> summaries, List<RuleRun> rules) {}

  private final DeviceSetup setup;
  private final LastValues stored;
  private final Parts before;
  private final Set<TagName> unchanged = new HashSet<>();

  StageBuilder(DeviceSetup setup, LastValues stored, @Nullable Parts before) {
    this.setup = setup;
    this.stored = stored;
    this.before = before == null ? new Parts(Map.of(), List.of(), List.of()) : before;
  }

  /**
   * Its tags, without their summaries and rules.
   *
   * @param trusted whether values keep their stamps; else the times given before a restart matter
   */
  List<TagLogic> tags(boolean trusted) {
    List<TagLogic> tags = new ArrayList<>();
    for (TagSettings settings : setup.device().tags()) {
      TagName name = DeviceSetup.name(settings);
      TagLogic known = before.tags().get(name);
      boolean leaves = setup.published().contains(name);
      TagLogic tag = new TagLogic(settings, leaves, known == null ? new TagTimes() : known.times());
      if (known != null) {
        boolean same = known.settings().equals(settings) && known.published() == leaves;
        tag.adopt(known, same);
        if (same) {
          unchanged.add(name);
        }
      } else if (!trusted) {
        last(name).ifPresent(tag::restore);
      }
      tags.add(tag);
    }
    return tags;
  }

  /** Tags of the earlier file that this one does not have, or treats otherwise. */
  List<TagLogic> gone() {
    return before.tags().values().stream().filter(t -> !unchanged.contains(t.name())).toList();
  }

  List<SummaryRun> summaries() {
    Map<Summary, SummaryRun> known = new HashMap<>();
    before.summaries().stream()
        .filter(run -> unchanged.contains(run.summary().tag()))
        .forEach(run -> known.put(run.summary(), run));
    List<SummaryRun> all = new ArrayList<>();
    for (Summary summary : setup.device().summaries()) {
      SummaryRun run = known.get(summary);
      all.add(run == null ? new SummaryRun(summary, told(summary)) : run);
    }
    return all;
  }

  private long told(Summary summary) {
    return summary.values().stream()
        .map(value -> last(summary.nameOf(value)))
        .flatMap(Optional::stream)
        .mapToLong(StampedSample::micros)
        .max()
        .orElse(Long.MIN_VALUE);
  }

  List<RuleRun> rules() {
    Map<Rule, RuleRun> known = new HashMap<>();
    before.rules().stream()
        .filter(run -> unchanged.contains(run.rule().tag()))
        .forEach(run -> known.put(run.rule(), run));
    List<RuleRun> all = new ArrayList<>();
    for (Rule rule : setup.device().rules()) {
      RuleRun run = known.get(rule);
      all.add(run == null ? new RuleRun(rule, last(rule.name()).orElse(null)) : run);
    }
    return all;
  }

  private Optional<StampedSample> last(TagName name) {
    return setup.published().contains(name)
        ? Optional.ofNullable(stored.of(setup.path(), name))
        : Optional.empty();
  }
}
