package io.linewright.edge.host;

import io.linewright.edge.host.birth.Birth;
import io.linewright.edge.host.ledger.Ledger;
import io.linewright.edge.host.thin.Thinned;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the host knows of one node.
 *
 * @param id which node
 * @param session what its births said; null while none has come since the host connected
 * @param ledger what outlives the host
 * @param rebirths when the node was asked for its births
 * @param refusal the own record that was refused last because a metric was unknown
 * @param onlineMicros source time of the last value of the node's tag {@code online}
 * @param unmapped devices without equipment that have been reported
 * @param early messages of a foreign node that came before its birth, at most {@link
 *     Session#MAX_HELD}
 * @param thinned which values of energy, and which progress, were told or are held back
 */
public record SessionState(
    NodeId id,
    @Nullable Session session,
    Ledger ledger,
    Rebirths rebirths,
    Refusal refusal,
    long onlineMicros,
    Set<String> unmapped,
    List<Frame> early,
    Thinned thinned) {

  public SessionState {
    unmapped = Set.copyOf(unmapped);
    early = List.copyOf(early);
  }

  /** A node from which nothing has come yet. */
  public static SessionState unknown(NodeId id) {
    return new SessionState(
        id,
        null,
        Ledger.EMPTY,
        Rebirths.NONE,
        new Refusal(0, 0),
        0,
        Set.of(),
        List.of(),
        Thinned.NONE);
  }

  /**
   * A node that an earlier host carried that far. It is asked for its births if it stays silent.
   */
  public static SessionState resumed(NodeId id, Ledger ledger, Instant since) {
    return new SessionState(
        id,
        null,
        ledger,
        new Rebirths(null, Duration.ZERO, since),
        new Refusal(0, 0),
        0,
        Set.of(),
        List.of(),
        Thinned.NONE);
  }

  /** The same with what was really committed. */
  public SessionState with(Ledger newLedger) {
    return new SessionState(
        id, session, newLedger, rebirths, refusal, onlineMicros, unmapped, early, thinned);
  }

  /** The host lost its connection: births may have been missed, so none is valid any more. */
  public SessionState interrupted(Instant since) {
    return new SessionState(
        id,
        null,
        ledger,
        new Rebirths(rebirths.last, rebirths.pause, since),
        refusal,
        onlineMicros,
        unmapped,
        List.of(),
        thinned);
  }

  /**
   * @param last last request; null for none
   * @param pause shortest time to the next one
   * @param silentSince since when nothing has come from a node that is known to exist; null: does
   *     not matter
   */
  public record Rebirths(@Nullable Instant last, Duration pause, @Nullable Instant silentSince) {

    static final Rebirths NONE = new Rebirths(null, Duration.ZERO, null);
  }

  /**
   * @param position position of the record; 0 for none
   * @param births births of the node that had come by then
   */
  public record Refusal(long position, int births) {}

  /**
   * A born node.
   *
   * @param bdSeq ties the death to this birth; empty if the birth had none
   * @param own whether the node counts positions as our gateways do
   * @param epoch the log that the node announced; 0 if it did not
   * @param node what the node's birth declared
   * @param devices what the births of its devices declared, by device id
   * @param nextSeq expected sequence number, 0 to 255
   * @param missing messages skipped and still waited for; own nodes only
   * @param gapSince since when a message is missing; null for none
   * @param held messages of a foreign node that came too early, at most {@link #MAX_HELD}
   * @param births births of the node since the host started
   * @param recent what was taken last; foreign nodes only
   */
  public record Session(
      OptionalLong bdSeq,
      boolean own,
      long epoch,
      Birth node,
      Map<String, Birth> devices,
      int nextSeq,
      int missing,
      @Nullable Instant gapSince,
      List<Frame> held,
      int births,
      Recent recent) {

    /** Most messages that are held back for one that is missing. */
    public static final int MAX_HELD = 64;

    /** Most metrics in messages that are held back. */
    public static final int MAX_HELD_METRICS = 50_000;

    /** Most metrics, and devices, that one node may declare in all its births. */
    public static final int MAX_DECLARED = 200_000;

    public Session {
      devices = Map.copyOf(devices);
      held = List.copyOf(held);
    }

    Session expecting(int seq) {
      return new Session(
          bdSeq, own, epoch, node, devices, seq & 0xFF, missing, gapSince, held, births, recent);
    }

    Session waiting(int nowMissing, @Nullable Instant since, List<Frame> nowHeld) {
      return new Session(
          bdSeq, own, epoch, node, devices, nextSeq, nowMissing, since, nowHeld, births, recent);
    }

    Session taken(Frame frame) {
      Recent more = own ? recent : recent.with(frame);
      return new Session(
          bdSeq, own, epoch, node, devices, nextSeq, missing, gapSince, held, births, more);
    }

    /** Metrics and devices that are declared, without those of one device. */
    public int declaredBeside(String device) {
      int sum = node.byName().size();
      for (Map.Entry<String, Birth> one : devices.entrySet()) {
        sum += one.getKey().equals(device) ? 0 : 1 + one.getValue().byName().size();
      }
      return sum;
    }

    Session withDevice(String device, Birth birth) {
      Map<String, Birth> all = new HashMap<>(devices);
      all.put(device, birth);
      return withDevices(all);
    }

    Session withoutDevice(String device) {
      Map<String, Birth> all = new HashMap<>(devices);
      all.remove(device);
      return withDevices(all);
    }

    private Session withDevices(Map<String, Birth> all) {
      return new Session(
          bdSeq, own, epoch, node, all, nextSeq, missing, gapSince, held, births, recent);
    }
  }
}
