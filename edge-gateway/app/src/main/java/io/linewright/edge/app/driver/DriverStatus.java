package io.linewright.edge.app.driver;

import io.linewright.model.equipment.EquipmentPath;
import java.util.Map;

/**
 * State of one driver.
 *
 * @param connection id of the connection in the gateway file
 * @param state where it stands
 * @param reason why it stands there, for people; empty while values come
 * @param counts its books since the start
 * @param devices the part of each device in them
 */
public record DriverStatus(
    String connection,
    State state,
    String reason,
    Counts counts,
    Map<EquipmentPath, Counts> devices) {

  public DriverStatus {
    devices = Map.copyOf(devices);
  }

  /** Without the part of each device. */
  public DriverStatus(String connection, State state, String reason, Counts counts) {
    this(connection, state, reason, counts, Map.of());
  }

  /** Where a driver stands. */
  public enum State {
    /** Not started or closed. */
    STOPPED,
    CONNECTING,
    /** Values or keep-alives come in time. */
    RUNNING,
    /** Connected, but the device says nothing: its tags are Bad. */
    SILENT,
    /** Connected, the device answers, but values do not come as they should. */
    NO_DATA,
    /** Waits before the next try: its tags are Bad. */
    WAITING
  }

  /**
   * Books of a driver: {@code in = out + setAside + repeated}.
   *
   * @param in values received from devices
   * @param out received values handed on
   * @param setAside received values that cannot be kept as declared; a Bad sample took their place
   * @param repeated received values that had been handed on before, with the same time and status
   * @param made samples that the gateway made itself: Bad marks and confirmations after a silence
   * @param overflows values that say that the server's queue lost others before them
   * @param lostMessages notification messages that the server could not send again
   * @param reconnects lives of the connection after the first, and sessions taken up again
   */
  public record Counts(
      long in,
      long out,
      long setAside,
      long repeated,
      long made,
      long overflows,
      long lostMessages,
      long reconnects) {

    /** Books of nothing. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sums of both. */
    public Counts plus(Counts other) {
      return new Counts(
          in + other.in,
          out + other.out,
          setAside + other.setAside,
          repeated + other.repeated,
          made + other.made,
          overflows + other.overflows,
          lostMessages + other.lostMessages,
          reconnects + other.reconnects);
    }
  }
}
