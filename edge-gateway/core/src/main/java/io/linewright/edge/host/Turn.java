package io.linewright.edge.host;

import io.linewright.edge.fold.Step;
import io.linewright.edge.host.SessionState.Rebirths;
import io.linewright.edge.host.SessionState.Refusal;
import io.linewright.edge.host.SessionState.Session;
import io.linewright.edge.host.birth.Binding;
import io.linewright.edge.host.birth.Birth;
import io.linewright.edge.host.birth.BirthReader;
import io.linewright.edge.host.birth.Declaration;
import io.linewright.edge.host.content.Envelope;
import io.linewright.edge.host.content.MessageContent;
import io.linewright.edge.host.content.Micros;
import io.linewright.edge.host.content.OnlineTag;
import io.linewright.edge.host.ledger.LanePosition;
import io.linewright.edge.host.ledger.LanePosition.Verdict;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.event.SamplesLost;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.StatusCode;
import io.linewright.model.telemetry.Lane;
import io.linewright.model.telemetry.TagSeries;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The working state of one step of {@link HostSession}; never outlives it. */
final class Turn {

  final Output out;
  final int births;
  private final HostRules rules;
  private final NodeId id;
  private final Instant now;
  @Nullable Session session;
  Ledger ledger;
  Rebirths rebirths;
  private Refusal refusal;
  private long onlineMicros;
  private Set<String> unmapped;
  private List<Frame> early;

  Turn(HostRules rules, SessionState state, Instant now) {
    this.rules = rules;
    this.now = now;
    this.id = state.id();
    this.session = state.session();
    this.births = session == null ? state.refusal().births() : session.births();
    this.ledger = state.ledger();
    this.out = new Output(state, Micros.of(now));
    this.rebirths = state.rebirths();
    this.refusal = state.refusal();
    this.onlineMicros = state.onlineMicros();
    this.unmapped = state.unmapped();
    this.early = state.early();
  }

  Step<SessionState, HostFact> step() {
    return new Step<>(
        new SessionState(
            id,
            session,
            ledger.withSequences(out.sequences()),
            rebirths,
            refusal,
            onlineMicros,
            unmapped,
            early,
            out.thinning().done()),
        out.facts());
  }

  /** What a birth declares; null if it is beyond all bounds, it is set aside then. */
  @Nullable Birth readBirth(Frame frame) {
    try {
      Birth birth = BirthReader.read(frame.payload(), rules.mapping().equipmentOf(frame.address()));
      birth.flaw().ifPresent(flaw -> setAside(frame, flaw));
      return birth;
    } catch (IllegalArgumentException tooLarge) {
      setAside(frame, String.valueOf(tooLarge.getMessage()));
      return null;
    }
  }

  /** The message itself is set aside; it is no loss of values. */
  void setAside(Frame frame, String cause) {
    out.add(new HostFact.SetAside(frameId(frame), cause, 0));
  }

  void born() {
    rebirths = new Rebirths(rebirths.last(), rebirths.pause(), null);
    unmapped = Set.of();
  }

  void declare(Birth birth, Frame frame) {
    birth.equipment().ifPresent(out.thinning()::forget);
    for (Declaration one : Declaration.of(birth, frame.payload(), id.group(), id.node())) {
      out.declare(one, frame.millis());
    }
  }

  /** The node's own tag {@code online}, unless it has one of that name itself. */
  void online(Birth birth, boolean online) {
    if (birth.equipment().isEmpty() || birth.declares(OnlineTag.NAME)) {
      return;
    }
    onlineMicros = Math.max(onlineMicros + 1, Micros.of(now));
    EquipmentPath path = birth.equipment().get();
    out.declare(Declaration.tag(OnlineTag.of(path)), now.toEpochMilli());
    out.write(
        path,
        Lane.LIVE,
        List.of(OnlineTag.value(online, onlineMicros)),
        Micros.of(now),
        OptionalLong.empty());
    ledger = ledger.withCounts(ledger.counts().accepted(1, 0));
  }

  /** Every value of a dead foreign node or device is Bad from now on (Sparkplug 3.0, 5.8). */
  void stale(Birth birth, long micros) {
    if (birth.equipment().isEmpty()) {
      return;
    }
    Sample bad = new Sample(null, StatusCode.BAD_NO_COMMUNICATION, micros, 0);
    List<TagDescription> tags =
        birth.byName().values().stream()
            .filter(Binding.Tag.class::isInstance)
            .map(binding -> ((Binding.Tag) binding).description())
            .sorted(Comparator.comparing(TagDescription::key))
            .toList();
    if (tags.isEmpty()) {
      return;
    }
    List<TagSeries> series =
        tags.stream()
            .map(tag -> new TagSeries(tag.key().name(), tag.type(), tag.role(), List.of(bad)))
            .toList();
    out.write(birth.equipment().get(), Lane.LIVE, series, Micros.of(now), OptionalLong.empty());
    tags.forEach(tag -> out.event(tag, bad, false));
    ledger = ledger.withCounts(ledger.counts().accepted(tags.size(), 0));
  }

  /** A message without any birth is kept for a while: it may only have overtaken it. */
  void tooEarly(Frame frame) {
    if (ledger.epoch() == 0) {
      early = Early.with(early, frame);
    }
  }

  /** The kept messages that were sent after this birth. */
  List<Frame> overtakenBy(Frame birth) {
    List<Frame> after = Early.after(early, birth, now.minus(rules.reorderTime()));
    early = List.of();
    return after;
  }

  /** The network repeated a message of a foreign node: its values have been taken over. */
  void repeated(Frame frame) {
    ledger = ledger.withCounts(ledger.counts().duplicate(frame.payload().metrics().size()));
  }

  /** A data message of our own node: judged by its position. */
  void ownData(Session born, Frame frame, Birth birth) {
    MessageContent content =
        MessageContent.read(frame.payload(), frame.millis(), true, birth, born.node());
    @Nullable Envelope envelope = Envelope.of(content);
    if (envelope == null) {
      if (content.unknown() > 0) {
        askForBirths("a data message uses a metric that no birth declares");
      } else {
        setAside(frame, frameId(frame), "it names no valid epoch, lane and position", content);
      }
      return;
    }
    if (!sameLog(born, envelope)) {
      askForBirths("the node's log has changed");
      return;
    }
    LanePosition.Judgement judgement =
        ledger.lane(envelope.lane()).judge(envelope.previous(), envelope.position());
    boolean known = content.unknown() == 0 || refusedBefore(envelope);
    switch (judgement.verdict()) {
      case DUPLICATE -> {
        ledger = ledger.withCounts(ledger.counts().duplicate(content.total()));
        out.add(new HostFact.ConfirmAgain());
      }
      case GAP -> {
        ledger =
            ledger.withLane(envelope.lane(), judgement.lane()).withCounts(ledger.counts().gap());
        out.add(new HostFact.ConfirmAgain());
      }
      case ACCEPTED, ACCEPTED_AFTER_LOSS -> {
        if (!known) {
          refusal = new Refusal(envelope.position(), births);
          askForBirths("a data message uses a metric that no birth declares");
          return;
        }
        ledger = ledger.withLane(envelope.lane(), judgement.lane());
        accept(frame, birth, content, envelope, judgement.verdict());
      }
    }
  }

  private boolean sameLog(Session born, Envelope envelope) {
    if (born.epoch() == 0) {
      ledger = ledger.withEpoch(envelope.epoch());
    }
    return envelope.epoch() == ledger.epoch();
  }

  /** Births have come since the same record was refused: its metric stays unknown. */
  private boolean refusedBefore(Envelope envelope) {
    return refusal.position() == envelope.position() && births > refusal.births();
  }

  private void accept(
      Frame frame, Birth birth, MessageContent content, Envelope envelope, Verdict verdict) {
    String recordId =
        "%s/%d/%s/%d".formatted(id, envelope.epoch(), envelope.lane(), envelope.position());
    if (verdict == Verdict.ACCEPTED_AFTER_LOSS) {
      out.lost(
          recordId + "#begin",
          new SamplesLost(
              nodePath(birth),
              now,
              now,
              null,
              "records before position %d of lane %s were confirmed to a bridge whose memory is gone"
                  .formatted(envelope.position(), envelope.lane())));
    }
    NodeReports.read(rules, out, recordId, content, rules.mapping().equipmentOf(id.address()));
    carry(
        frame,
        recordId,
        birth,
        content,
        envelope.lane(),
        envelope.gatewayMicros().orElse(frame.receivedMicros()),
        envelope.completeUntil());
  }

  /** Values of a foreign node's birth or data message. */
  void foreignValues(Frame frame, Birth birth) {
    Session born = session;
    MessageContent content =
        MessageContent.read(
            frame.payload(), frame.millis(), false, birth, born == null ? birth : born.node());
    if (content.unknown() > 0 && born != null && !frame.type().name().endsWith("BIRTH")) {
      askForBirths("a data message uses a metric that no birth declares");
      lostValues(born, frame, content.unknown());
    }
    carry(
        frame, frameId(frame), birth, content, null, frame.receivedMicros(), OptionalLong.empty());
    seen(frame);
  }

  private void carry(
      Frame frame,
      String recordId,
      Birth birth,
      MessageContent content,
      @Nullable Lane lane,
      long gatewayMicros,
      OptionalLong completeUntil) {
    if (birth.equipment().isEmpty()) {
      unmapped(frame, recordId, content.total());
      return;
    }
    int unknown = lane == null ? 0 : content.unknown();
    EquipmentPath path = birth.equipment().get();
    content
        .series(lane)
        .forEach((of, series) -> out.write(path, of, series, gatewayMicros, completeUntil));
    for (MessageContent.Value value : content.values()) {
      out.event(value.tag(), value.sample(), MessageContent.laneOf(value, lane) == Lane.BACKFILL);
    }
    if (birth.tellsOfMachine() && lane != null && completeUntil.isPresent()) {
      long until = Math.min(completeUntil.getAsLong(), gatewayMicros); // nobody knows what comes
      out.thinning().complete(path, until, recordId, lane == Lane.BACKFILL);
    }
    int aside = content.refusals().size() + unknown;
    if (aside > 0) {
      String cause =
          content.refusals().isEmpty()
              ? "no birth declares one of its metrics"
              : content.refusals().getFirst();
      out.add(
          new HostFact.SetAside(
              recordId, aside == 1 ? cause : cause + " (and %d more)".formatted(aside - 1), aside));
    }
    ledger = ledger.withCounts(ledger.counts().accepted(content.values().size(), aside));
  }

  private void unmapped(Frame frame, String recordId, int values) {
    out.add(new HostFact.Unmapped(frame.address()));
    if (values == 0) {
      return;
    }
    ledger = ledger.withCounts(ledger.counts().accepted(0, values));
    if (!unmapped.contains(frame.device())) {
      Set<String> more = new HashSet<>(unmapped);
      more.add(frame.device());
      unmapped = more;
      out.add(new HostFact.SetAside(recordId, "its ids have no equipment mapping", values));
    }
  }

  /** Messages of a foreign node did not come. */
  void lostMessages(Session born, int messages) {
    lostForeign(
        born,
        "seq-%d@%d".formatted(born.nextSeq(), ledger.seenMillis()),
        null,
        "%d messages from sequence number %d did not come".formatted(messages, born.nextSeq()));
  }

  /** Values of a foreign node came, but nothing says what they are. */
  void lostValues(Session born, Frame frame, int values) {
    lostForeign(
        born,
        "unknown-%d@%d".formatted(frame.payload().seq().orElse(0), frame.millis()),
        (long) values,
        "no birth says what the values are");
  }

  /** A foreign node was born again after the host was away: nobody knows what it sent meanwhile. */
  void reportInterruption(Frame frame) {
    Session born = session;
    if (born != null && ledger.seenMillis() > 0 && births == 0) {
      lostForeign(
          born, "away@" + ledger.seenMillis(), null, "the bridge was not connected to the broker");
    }
    seen(frame);
  }

  private void lostForeign(Session born, String what, @Nullable Long count, String reason) {
    String path = nodePath(born.node());
    Instant from = ledger.seenMillis() > 0 ? Instant.ofEpochMilli(ledger.seenMillis()) : now;
    if (!path.isEmpty()) {
      out.lost(id + "#" + what, new SamplesLost(path, from, now, count, reason));
    }
  }

  private String nodePath(Birth fallback) {
    return rules
        .mapping()
        .equipmentOf(id.address())
        .or(fallback::equipment)
        .map(EquipmentPath::toString)
        .orElse("");
  }

  private void setAside(Frame frame, String recordId, String cause, MessageContent content) {
    ledger = ledger.withCounts(ledger.counts().accepted(0, content.total()));
    out.add(new HostFact.SetAside(recordId, cause, content.total()));
  }

  /** Notes that a message of a foreign node has been taken over. */
  void seen(Frame frame) {
    Session born = session;
    if (born != null && !born.own()) {
      ledger = ledger.withSeen(frame.receivedAt().toEpochMilli());
    }
  }

  /** Asks the node for its births, unless it was asked a short while ago. */
  void askForBirths(String reason) {
    Instant last = rebirths.last();
    boolean quiet = last == null || now.isAfter(last.plus(rules.longestRebirthPause()));
    if (!quiet && last != null && now.isBefore(last.plus(rebirths.pause()))) {
      return;
    }
    Duration doubled = rebirths.pause().multipliedBy(2);
    Duration pause =
        quiet || doubled.isZero()
            ? rules.rebirthPause()
            : doubled.compareTo(rules.longestRebirthPause()) > 0
                ? rules.longestRebirthPause()
                : doubled;
    rebirths = new Rebirths(now, pause, null);
    out.add(new HostFact.RebirthWanted(reason));
  }

  private String frameId(Frame frame) {
    return "%s@%d.%d".formatted(frame.topic(), frame.millis(), frame.payload().seq().orElse(-1));
  }
}
