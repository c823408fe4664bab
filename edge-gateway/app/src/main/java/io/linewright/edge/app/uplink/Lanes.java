package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LogRecord;
import io.linewright.edge.app.log.RecordLog;
import io.linewright.edge.app.log.file.LogException;
import io.linewright.edge.app.uplink.books.SendBooks;
import io.linewright.edge.app.uplink.link.Confirmation;
import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.log.LaneTurn;
import io.linewright.edge.log.Progress.Meaning;
import io.linewright.edge.log.Window;
import io.linewright.model.telemetry.Lane;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Both lanes as the sending thread sees them: which record is next, what a confirmation says, when
 * to send again.
 */
final class Lanes {

  /**
   * The record to send next.
   *
   * @param historical whether it was sent before or is of the backlog
   * @param previous position before it that the host has or is to get
   */
  record Next(Lane lane, LogRecord.Stored record, boolean historical, long previous) {}

  private final GatewayIdentity gateway;
  private final RecordLog log;
  private final LogKeeper keeper;
  private final SendBooks books;
  private final long releaseMillis;
  private final LaneSender[] lanes;
  private LaneTurn turn;

  Lanes(
      GatewayIdentity gateway,
      UplinkSettings settings,
      Window window,
      RecordLog log,
      LogKeeper keeper,
      SendBooks books,
      int liveRatio,
      long nowMillis) {
    this.gateway = gateway;
    this.log = log;
    this.keeper = keeper;
    this.books = books;
    this.releaseMillis = settings.keepAlive().toMillis() * 3 / 2;
    long patience = settings.patience().toMillis();
    boolean confirmed = gateway.confirm() == Confirm.BRIDGE;
    long first = confirmed ? LaneSender.FIRST_LIMIT : window.records();
    this.lanes =
        new LaneSender[] {
          new LaneSender(Lane.LIVE, log, window, first, false, patience, nowMillis),
          new LaneSender(Lane.BACKFILL, log, window, first, confirmed, patience, nowMillis)
        };
    this.turn = new LaneTurn(liveRatio, 0);
  }

  /** The record whose turn it is; null if none may be sent now. */
  @Nullable Next next(long nowMillis) throws LogException {
    LogRecord.Stored live = mayOffer(Lane.LIVE) ? offered(Lane.LIVE, nowMillis) : null;
    LogRecord.Stored backlog = mayOffer(Lane.BACKFILL) ? offered(Lane.BACKFILL, nowMillis) : null;
    Optional<Lane> lane = turn.next(live != null, backlog != null);
    if (lane.isEmpty()) {
      return null;
    }
    LogRecord.Stored record = lane.get() == Lane.LIVE ? live : backlog;
    return record == null
        ? null
        : new Next(
            lane.get(),
            record,
            of(lane.get()).historical(record.position()),
            of(lane.get()).previousOf(record));
  }

  /** A suspect is sent when nothing else is under way, and nothing else with it. */
  private boolean mayOffer(Lane lane) {
    LaneSender other = lanes[1 - lane.ordinal()];
    if (of(lane).alone()) {
      return !other.busy() && (lane == Lane.LIVE || !other.alone());
    }
    return !other.alone();
  }

  private LogRecord.@Nullable Stored offered(Lane lane, long nowMillis) throws LogException {
    LogRecord.Stored record = of(lane).peek();
    while (record != null) {
      Optional<String> verdict = of(lane).verdict(record, nowMillis);
      if (verdict.isEmpty()) {
        return record;
      }
      setAside(lane, record, verdict.get());
      record = of(lane).peek();
    }
    return null;
  }

  /** A record that can never be sent is passed over and leaves the log. */
  void setAside(Next next, String reason) {
    setAside(next.lane(), next.record(), reason);
  }

  private void setAside(Lane lane, LogRecord.Stored record, String reason) {
    of(lane).passOver(record);
    keeper.requestSetAside(lane, record.position(), reason);
  }

  /** The connection broke while values were under way. */
  void broke() {
    for (LaneSender lane : lanes) {
      lane.broke();
    }
  }

  /** It has been handed to the broker. */
  void sent(Next next, long nowMillis) {
    boolean again = of(next.lane()).sent(next.record(), nowMillis);
    books.sent(next.record().content().samples(), again);
    turn = turn.after(next.lane());
  }

  /**
   * Takes a confirmation. One of another host, another epoch, or while the gateway asks for none,
   * says nothing.
   */
  void confirmed(Confirmation told, long epoch, long nowMillis) {
    if (gateway.confirm() != Confirm.BRIDGE
        || !told.host().equals(gateway.host())
        || told.epoch() != log.positions().epoch()) {
      return;
    }
    boolean advanced = false;
    boolean repeated = false;
    for (Lane lane : Lane.values()) {
      long position = lane == Lane.LIVE ? told.live() : told.backfill();
      Meaning meaning = of(lane).progress().meaning(position);
      if (meaning == Meaning.AHEAD_OF_LOG) {
        keeper.requestEpoch(
            "the platform confirmed %s position %d, the log ends at %d: its end was lost"
                .formatted(lane, position, log.positions().appended(lane)));
        return;
      }
      if (meaning == Meaning.ADVANCED) {
        of(lane).confirm(epoch, position, nowMillis);
        advanced = true;
      }
      repeated |= meaning == Meaning.REPEATED;
    }
    if (repeated && !advanced) {
      answerGap(nowMillis);
    }
  }

  private void answerGap(long nowMillis) {
    for (LaneSender lane : lanes) {
      if (lane.mayAnswerGap(nowMillis)) {
        lane.refused(nowMillis);
        books.turnedBack();
      }
    }
  }

  /** Releases by time, or sends again what nobody confirmed in time. */
  void tick(boolean ready, long nowMillis) {
    for (LaneSender lane : lanes) {
      if (gateway.confirm() == Confirm.NONE) {
        lane.releaseSentBefore(nowMillis - releaseMillis, nowMillis);
      } else if (ready && lane.overdue(nowMillis)) {
        lane.timedOut(nowMillis);
        books.turnedBack();
      }
    }
  }

  /** Begins anew behind what is confirmed. */
  void restart(long nowMillis) {
    for (LaneSender lane : lanes) {
      lane.restart(nowMillis);
    }
  }

  private LaneSender of(Lane lane) {
    return lanes[lane.ordinal()];
  }
}
