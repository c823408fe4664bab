package io.linewright.edge.host;

import io.linewright.edge.fold.Step;
import io.linewright.model.event.CloudEvent;
import io.linewright.model.sample.Sample;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A host under test: runs the fold and keeps what came out of it. */
final class Host {

  final List<HostFact> facts = new ArrayList<>();
  SessionState state;
  private final HostSession session;

  Host(NodeScript node) {
    this(node, NodeScript.rules(), SessionState.unknown(node.id));
  }

  Host(NodeScript node, HostRules rules, SessionState state) {
    this.session = new HostSession(rules);
    this.state = state;
  }

  Host receives(Frame... frames) {
    for (Frame frame : frames) {
      Step<SessionState, HostFact> step = session.on(state, frame);
      state = step.state();
      facts.addAll(step.facts());
    }
    return this;
  }

  Host tick(Instant now) {
    Step<SessionState, HostFact> step = session.tick(state, now);
    state = step.state();
    facts.addAll(step.facts());
    return this;
  }

  Host forget() {
    facts.clear();
    return this;
  }

  <T extends HostFact> List<T> all(Class<T> type) {
    return facts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Object> events() {
    List<Object> data = new ArrayList<>();
    all(HostFact.MachineEvent.class).forEach(fact -> data.add(fact.event().data()));
    return data;
  }

  List<Long> sequences() {
    return all(HostFact.MachineEvent.class).stream()
        .map(HostFact.MachineEvent::event)
        .map(CloudEvent::sequence)
        .map(sequence -> sequence.orElse(-1))
        .toList();
  }

  /** Values of a tag over all batches, in order. */
  List<Sample> samples(String tag) {
    return samples(tag, Lane.LIVE);
  }

  List<Sample> samples(String tag, Lane lane) {
    List<Sample> samples = new ArrayList<>();
    for (HostFact.Telemetry fact : all(HostFact.Telemetry.class)) {
      for (TagSeries series : fact.batch().series()) {
        if (fact.lane() == lane && series.tag().value().equals(tag)) {
          samples.addAll(series.samples());
        }
      }
    }
    return samples;
  }
}
