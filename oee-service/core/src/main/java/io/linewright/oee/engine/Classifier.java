package io.linewright.oee.engine;

import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.downtime.Episodes;
import io.linewright.oee.downtime.LengthRules;
import io.linewright.oee.downtime.SignalPainting;
import io.linewright.oee.downtime.WordPainting;
import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.engine.input.MachineRules;
import io.linewright.oee.event.MachineEvent.ContextSaid;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.order.ContextWord;
import io.linewright.oee.order.InForce;
import io.linewright.oee.order.InForceHistory;
import io.linewright.oee.reason.ReasonSignal;
import io.linewright.oee.reason.ReasonTree;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.state.StateMeaning;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what each instant of a machine's time was. The calendar wins over everything: time in
 * breaks belongs to no state. Then comes what is not known. Then what people say of a stop, what
 * the machine signals of it, what its state means, and at last the length of the stop.
 */
final class Classifier {

  private static final Set<TrackKind> IN_FORCE =
      EnumSet.of(TrackKind.ORDER, TrackKind.PRODUCT, TrackKind.LOT, TrackKind.SERIAL);

  private Classifier() {}

  static Timeline timeline(MachineInput in) {
    Track<StateTrack> told = StateTrack.of(in);
    List<TimeSlice> explained = explained(in, slices(in, told));
    List<TimeSlice> slices = LengthRules.apply(explained, micros -> in.rulesAt(micros).stops());
    return new Timeline(
        in.whole(), explained, Partition.joined(slices), inForce(in), told.map(StateTrack::known));
  }

  /** What the calendar says, without the shift. */
  private record Plan(CalendarPiece.Kind kind, @Nullable String reason) {}

  /** What is said of an instant before anybody explains it. */
  private record Moment(Plan plan, TimeCategory said, String state) {

    static Moment of(Plan plan, StateTrack told, MachineRules rules) {
      return switch (told.known()) {
        case KNOWN -> {
          StateMeaning meaning = rules.states().of(told.state());
          yield new Moment(plan, meaning.category(), told.state());
        }
        case NO_DATA -> new Moment(plan, TimeCategory.NO_DATA, StateSaid.UNKNOWN);
        case PENDING -> new Moment(plan, TimeCategory.PENDING, StateSaid.UNKNOWN);
      };
    }

    TimeSlice during(Span span) {
      return switch (plan.kind) {
        case OPEN -> new TimeSlice(span, said, said, state, null, Set.of());
        case PLANNED_STOP ->
            new TimeSlice(
                span,
                TimeCategory.PLANNED_STOP,
                Episodes.saidInBreak(said),
                state,
                plan.reason,
                Set.of());
        case UNSCHEDULED ->
            new TimeSlice(span, TimeCategory.UNSCHEDULED, said, state, plan.reason, Set.of());
      };
    }
  }

  private static List<TimeSlice> slices(MachineInput in, Track<StateTrack> states) {
    Track<Plan> plans = in.calendar().map(piece -> new Plan(piece.kind(), piece.reason()));
    Track<MachineRules> rules = in.rules().within(in.whole());
    Track<Moment> moments =
        plans
            .with(states, Told::new)
            .with(rules, (told, its) -> Moment.of(told.plan, told.state, its));
    return moments.pieces().stream().map(piece -> piece.value().during(piece.span())).toList();
  }

  private record Told(Plan plan, StateTrack state) {}

  /**
   * With the reasons, by the tree that holds at each instant. Where two trees hold in one stop,
   * each explains its part of it.
   */
  private static List<TimeSlice> explained(MachineInput in, List<TimeSlice> slices) {
    List<ReasonSignal> signals = signals(in);
    Track<ReasonTree> trees = in.rules().within(in.whole()).map(MachineRules::reasons);
    Map<ReasonTree, List<TimeSlice>> byTree = new HashMap<>();
    List<TimeSlice> explained = new ArrayList<>();
    for (Piece<ReasonTree> piece : trees.pieces()) {
      ReasonTree tree = piece.value();
      List<TimeSlice> whole =
          byTree.computeIfAbsent(
              tree,
              its ->
                  WordPainting.paint(SignalPainting.paint(slices, signals, its), in.words(), its));
      explained.addAll(Partition.within(whole, piece.span()));
    }
    return explained;
  }

  /** Of one instant they are in the order of their tags. */
  private static List<ReasonSignal> signals(MachineInput in) {
    List<ReasonSignal> signals = new ArrayList<>();
    List<ContextSaid> said = contexts(in, EnumSet.of(TrackKind.STOP_REASON));
    said.sort(Comparator.comparing(ContextSaid::key));
    for (ContextSaid one : said) {
      signals.add(
          new ReasonSignal(one.key().micros(), signals.size(), one.bad() ? null : one.value()));
    }
    return signals;
  }

  private static Track<InForce> inForce(MachineInput in) {
    List<ContextWord> words = new ArrayList<>();
    for (ContextSaid said : contexts(in, IN_FORCE)) {
      words.add(
          new ContextWord(
              said.key().track(),
              said.key().micros(),
              said.key().ordinal(),
              said.bad() ? null : said.value()));
    }
    return InForceHistory.of(in.whole(), words, in.runs(), in.orders(), null)
        .with(
            in.rules().within(in.whole()),
            (now, rules) ->
                now.product() != null || rules.usually() == null
                    ? now
                    : new InForce(now.order(), rules.usually(), now.lot(), now.serial()));
  }

  private static List<ContextSaid> contexts(MachineInput in, Set<TrackKind> kinds) {
    List<ContextSaid> said = new ArrayList<>();
    for (TrackName track : in.history().tracks().keySet()) {
      if (kinds.contains(track.kind())) {
        said.addAll(in.history().contexts(track));
      }
    }
    return said;
  }
}
