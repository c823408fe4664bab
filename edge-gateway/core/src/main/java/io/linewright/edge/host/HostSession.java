package io.linewright.edge.host;

import io.linewright.edge.fold.Step;
import io.linewright.edge.host.SessionState.Session;
import io.linewright.edge.host.birth.Birth;
import io.linewright.edge.host.birth.BirthReader;
import io.linewright.edge.sparkplug.LinewrightMetrics;
import io.linewright.edge.sparkplug.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A Sparkplug host application's view of one node (Sparkplug 3.0, chapter 5): births, order, deaths
 * and what their values mean.
 *
 * <p>Nodes that declare {@link LinewrightMetrics#EPOCH} are our own: each of their messages is
 * carried exactly once by its position, and what is missing comes again by itself. For foreign
 * nodes the sequence number is all there is: messages are put in order for a while, and what does
 * not come is recorded as lost.
 */
public final class HostSession {

  /** How long a node that is known to exist may be silent after the host connected. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final HostRules rules;

  public HostSession(HostRules rules) {
    this.rules = rules;
  }

  /** Takes one message of the state's node. */
  public Step<SessionState, HostFact> on(SessionState state, Frame frame) {
    Turn turn = new Turn(rules, state, frame.receivedAt());
    switch (frame.type()) {
      case NBIRTH -> nodeBirth(turn, frame);
      case NDEATH -> nodeDeath(turn, frame);
      case DBIRTH, DDEATH, NDATA, DDATA -> inOrder(turn, frame);
      case NCMD, DCMD -> {}
    }
    return turn.step();
  }

  /** Lets time pass: gives up waiting for missing messages, and asks silent nodes for births. */
  public Step<SessionState, HostFact> tick(SessionState state, Instant now) {
    Turn turn = new Turn(rules, state, now);
    turn.out.thinning().passTime();
    Session session = turn.session;
    if (session == null) {
      Instant silentSince = turn.rebirths.silentSince();
      if (silentSince != null && !now.isBefore(silentSince.plus(SILENCE))) {
        turn.askForBirths("it has not sent its births since this host connected");
      }
      return turn.step();
    }
    if (session.gapSince() != null && !now.isBefore(session.gapSince().plus(rules.reorderTime()))) {
      giveUp(turn, session);
    }
    return turn.step();
  }

  private void nodeBirth(Turn turn, Frame frame) {
    Session before = turn.session;
    if (before != null && before.recent().contains(frame)) {
      turn.repeated(frame);
      return;
    }
    takeHeld(turn);
    @Nullable Birth birth = turn.readBirth(frame);
    if (birth == null) {
      return;
    }
    turn.out.thinning().forgetAll();
    boolean own = birth.declares(LinewrightMetrics.EPOCH);
    long epoch = number(frame, LinewrightMetrics.EPOCH).orElse(0);
    int births = turn.births + 1;
    int next = frame.payload().seq().orElse(0) + 1;
    turn.session =
        new Session(
                number(frame, BirthReader.BD_SEQ),
                own,
                epoch,
                birth,
                Map.of(),
                0,
                0,
                null,
                List.of(),
                births,
                Recent.NONE)
            .expecting(next)
            .taken(frame);
    turn.born();
    if (own && epoch != 0) {
      turn.ledger = turn.ledger.withEpoch(epoch);
    }
    if (!own) {
      turn.reportInterruption(frame);
    }
    turn.declare(birth, frame);
    turn.online(birth, true);
    List<Frame> overtaken = turn.overtakenBy(frame);
    if (own) {
      turn.out.add(new HostFact.ConfirmAgain());
      return;
    }
    turn.foreignValues(frame, birth);
    overtaken.forEach(one -> inOrder(turn, one));
  }

  private void nodeDeath(Turn turn, Frame frame) {
    OptionalLong bdSeq = number(frame, BirthReader.BD_SEQ);
    if (turn.session == null || !bdSeq.equals(turn.session.bdSeq())) {
      return; // the death of an earlier connection (tck-id-payloads-ndeath-bdseq)
    }
    takeHeld(turn);
    Session session = turn.session;
    if (session == null) {
      return;
    }
    turn.online(session.node(), false);
    if (!session.own()) {
      // Our own values are not lost with the connection: they come later, with their own quality.
      turn.stale(session.node(), frame.receivedMicros());
      session.devices().forEach((device, birth) -> turn.stale(birth, frame.receivedMicros()));
      turn.ledger = turn.ledger.withSeen(0);
    }
    turn.session = null;
  }

  private void inOrder(Turn turn, Frame frame) {
    Session session = turn.session;
    if (session == null) {
      turn.tooEarly(frame);
      turn.askForBirths("no birth of the node is known");
      return;
    }
    if (frame.payload().seq().isEmpty()) {
      take(turn, frame);
      return;
    }
    int seq = frame.payload().seq().getAsInt();
    int ahead = (seq - session.nextSeq()) & 0xFF;
    if (ahead == 0) {
      turn.session = session.expecting(seq + 1);
      take(turn, frame);
      releaseHeld(turn);
    } else if (ahead > 127) {
      late(turn, session, frame);
    } else if (session.own()) {
      int missing = session.missing() + ahead;
      Instant since = session.gapSince() == null ? frame.receivedAt() : session.gapSince();
      turn.session = session.expecting(seq + 1).waiting(missing, since, List.of());
      take(turn, frame);
    } else {
      hold(turn, session, frame);
    }
  }

  private void late(Turn turn, Session session, Frame frame) {
    if (!session.own() && session.recent().contains(frame)) {
      turn.repeated(frame);
      return;
    }
    if (!session.own() && session.recent().newer(frame)) {
      hold(turn, session, frame); // not late: more than half of all numbers are missing
      return;
    }
    if (session.own() && session.missing() > 0) {
      int missing = session.missing() - 1;
      turn.session = session.waiting(missing, missing == 0 ? null : session.gapSince(), List.of());
    }
    take(turn, frame);
  }

  private void hold(Turn turn, Session session, Frame frame) {
    if (session.held().stream()
        .anyMatch(one -> Recent.Mark.of(one).equals(Recent.Mark.of(frame)))) {
      turn.repeated(frame);
      return;
    }
    List<Frame> held = new ArrayList<>(session.held());
    held.add(frame);
    Instant since = session.gapSince() == null ? frame.receivedAt() : session.gapSince();
    Session waiting = session.waiting(0, since, held);
    turn.session = waiting;
    int metrics = held.stream().mapToInt(one -> one.payload().metrics().size()).sum();
    if (held.size() >= Session.MAX_HELD || metrics >= Session.MAX_HELD_METRICS) {
      giveUp(turn, waiting);
    }
  }

  private void releaseHeld(Turn turn) {
    while (turn.session != null && !turn.session.held().isEmpty()) {
      Session session = turn.session;
      @Nullable Frame next = null;
      List<Frame> rest = new ArrayList<>();
      for (Frame frame : session.held()) {
        if (next == null && distance(session, frame) == 0) {
          next = frame;
        } else {
          rest.add(frame);
        }
      }
      if (next == null) {
        return;
      }
      turn.session =
          session
              .waiting(0, rest.isEmpty() ? null : session.gapSince(), rest)
              .expecting(session.nextSeq() + 1);
      take(turn, next);
    }
  }

  /** The missing message will not come: say what is lost, go on behind it, ask for births. */
  private void giveUp(Turn turn, Session session) {
    goOn(turn, session);
    turn.askForBirths("sequence number %d is missing".formatted(session.nextSeq()));
  }

  /** A birth or a death of the node ends the waiting: what was held back came before it. */
  private void takeHeld(Turn turn) {
    Session session = turn.session;
    if (session != null && !session.held().isEmpty()) {
      goOn(turn, session);
    }
  }

  private void goOn(Turn turn, Session session) {
    List<Frame> held = new ArrayList<>(session.held());
    held.sort((a, b) -> Integer.compare(distance(session, a), distance(session, b)));
    turn.session = session.waiting(0, null, List.of());
    if (!session.own()) {
      turn.lostMessages(session, distance(session, held.getFirst()));
    }
    for (Frame frame : held) {
      Session now = turn.session;
      if (now != null) {
        turn.session = now.expecting(frame.payload().seq().orElse(0) + 1);
        take(turn, frame);
      }
    }
  }

  private void take(Turn turn, Frame frame) {
    Session session = turn.session;
    if (session == null) {
      return;
    }
    turn.session = session.taken(frame);
    switch (frame.type()) {
      case DBIRTH -> deviceBirth(turn, frame);
      case DDEATH -> deviceDeath(turn, turn.session, frame);
      default -> data(turn, turn.session, frame);
    }
    turn.seen(frame);
  }

  private void deviceBirth(Turn turn, Frame frame) {
    @Nullable Birth birth = turn.readBirth(frame);
    Session session = turn.session;
    if (birth == null || session == null) {
      return;
    }
    if (session.declaredBeside(frame.device()) + birth.byName().size() >= Session.MAX_DECLARED) {
      String cause = "the node declares more than %d metrics".formatted(Session.MAX_DECLARED);
      turn.setAside(frame, cause);
      return;
    }
    turn.session = session.withDevice(frame.device(), birth);
    turn.declare(birth, frame);
    if (!session.own()) {
      turn.foreignValues(frame, birth);
    }
  }

  private static void deviceDeath(Turn turn, Session session, Frame frame) {
    Birth birth = session.devices().get(frame.device());
    if (session.own() || birth == null) {
      return; // our own backlog of a dead device still needs its birth
    }
    turn.stale(birth, frame.millis() * 1000);
    turn.session = session.withoutDevice(frame.device());
  }

  private static void data(Turn turn, Session session, Frame frame) {
    Birth birth = frame.device().isEmpty() ? session.node() : session.devices().get(frame.device());
    if (birth == null) {
      turn.askForBirths("no birth of device %s is known".formatted(frame.device()));
      if (!session.own()) {
        turn.lostValues(session, frame, frame.payload().metrics().size());
      }
      return;
    }
    if (session.own()) {
      turn.ownData(session, frame, birth);
    } else {
      turn.foreignValues(frame, birth);
    }
  }

  private static int distance(Session session, Frame frame) {
    return (frame.payload().seq().orElse(0) - session.nextSeq()) & 0xFF;
  }

  private static OptionalLong number(Frame frame, String name) {
    for (Metric metric : frame.payload().metrics()) {
      if (name.equals(metric.name()) && metric.value() instanceof Long number) {
        return OptionalLong.of(number);
      }
    }
    return OptionalLong.empty();
  }
}
