package io.linewright.oee.engine;

import io.linewright.oee.engine.input.MachineInput;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.state.DataGaps;
import io.linewright.oee.state.Known;
import io.linewright.oee.state.StateHistory;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a machine, of which several tags may tell: at each instant the one that its rules
 * name, else {@code state}, {@code execution}, or the first by name, of those that have told
 * anything until then.
 *
 * @param state the word, as it came; {@link StateSaid#UNKNOWN} if none is known
 * @param known whether all that was told is there
 */
record StateTrack(String state, Known known) {

  private static final List<String> USUAL = List.of("state", "execution");

  static Track<StateTrack> of(MachineInput in) {
    Span whole = in.whole();
    List<Piece<StateTrack>> pieces = new ArrayList<>();
    for (Piece<Optional<String>> piece : tags(in).pieces()) {
      String tag = piece.value().orElse(null);
      pieces.addAll(
          tag == null
              ? Track.constant(piece.span(), new StateTrack(StateSaid.UNKNOWN, Known.KNOWN))
                  .pieces()
              : told(in, tag).within(piece.span()).pieces());
    }
    return new Track<>(whole, pieces);
  }

  private static Track<StateTrack> told(MachineInput in, String tag) {
    List<StateSaid> events = in.history().states(tag);
    return StateHistory.of(in.whole(), null, events)
        .with(
            DataGaps.of(
                in.whole(), in.losses(), in.history().stateBefore(tag), events, in.knowledge()),
            StateTrack::new);
  }

  /** Which tag tells the state at each instant; empty while none has told anything. */
  static Track<Optional<String>> tags(MachineInput in) {
    Set<String> begun = new HashSet<>();
    List<Change<Set<String>>> changes = new ArrayList<>();
    in.history().firsts().entrySet().stream()
        .filter(first -> first.getKey().kind() == TrackKind.STATE)
        .sorted(
            Map.Entry.<TrackName, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            first -> {
              begun.add(first.getKey().tag());
              changes.add(new Change<>(first.getValue(), changes.size(), Set.copyOf(begun)));
            });
    return Track.of(in.whole(), Set.<String>of(), changes)
        .with(in.rules().within(in.whole()), (tags, rules) -> chosen(tags, rules.stateTag()));
  }

  private static Optional<String> chosen(Set<String> begun, @Nullable String named) {
    if (named != null) {
      return Optional.of(named).filter(begun::contains);
    }
    return USUAL.stream()
        .filter(begun::contains)
        .findFirst()
        .or(() -> begun.stream().sorted().findFirst());
  }
}
