package io.linewright.edge.sparkplug;

import io.linewright.edge.fold.Step;
import io.linewright.edge.sparkplug.EdgeNodeInput.HostState;
import io.linewright.edge.sparkplug.EdgeNodeState.AwaitingHost;
import io.linewright.edge.sparkplug.EdgeNodeState.Connecting;
import io.linewright.edge.sparkplug.EdgeNodeState.Offline;
import io.linewright.edge.sparkplug.EdgeNodeState.Online;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Session of an edge node as a fold (Sparkplug 3.0, chapters 5 and 6): {@code bdSeq} grows with
 * every CONNECT, {@code seq} is one counter over the node and its devices, births come first, a
 * primary host that goes offline ends the session and sends the node to its next server.
 *
 * @param primaryHost whether to publish only while the primary host is online
 * @param rebirthMillis shortest time between two births; a request within it is served at its end
 * @param hostMillis how long the primary host is waited for at one server while there are others
 * @param devices devices to announce, in order
 */
public record EdgeNodeSession(
    boolean primaryHost, long rebirthMillis, long hostMillis, List<String> devices) {

  /** How long the primary host is waited for at one of several servers, unless told otherwise. */
  public static final long HOST_MILLIS = 30_000;

  public EdgeNodeSession {
    devices = List.copyOf(devices);
  }

  /** A session that waits {@link #HOST_MILLIS} for the primary host at one of several servers. */
  public EdgeNodeSession(boolean primaryHost, long rebirthMillis, List<String> devices) {
    this(primaryHost, rebirthMillis, HOST_MILLIS, devices);
  }

  /** The next state and what is to be done; inputs that do not fit the state change nothing. */
  public Step<EdgeNodeState, EdgeNodeFact> step(EdgeNodeState state, EdgeNodeInput input) {
    return switch (input) {
      case EdgeNodeInput.Connect() -> connect(state);
      case EdgeNodeInput.Connected(long now) -> connected(state, now);
      case EdgeNodeInput.ConnectionLost() -> leave(state, false);
      case EdgeNodeInput.Stop() -> leave(state, true);
      case HostState host -> hostState(state, host);
      case EdgeNodeInput.RebirthRequested(long now) -> rebirth(state, now);
      case EdgeNodeInput.Tick(long now) -> tick(state, now);
      case EdgeNodeInput.DataReady(String device) -> data(state, device);
      case EdgeNodeInput.DeviceLost(String device) -> deviceLost(state, device);
      case EdgeNodeInput.DeviceBack(String device) -> deviceBack(state, device);
    };
  }

  private static Step<EdgeNodeState, EdgeNodeFact> connect(EdgeNodeState state) {
    return state instanceof Offline(int bdSeq, ServerWalk servers)
        ? new Step<>(
            new Connecting(bdSeq, servers),
            List.of(new EdgeNodeFact.Open(bdSeq, servers.current())))
        : stay(state);
  }

  private Step<EdgeNodeState, EdgeNodeFact> connected(EdgeNodeState state, long now) {
    if (!(state instanceof Connecting(int bdSeq, ServerWalk servers))) {
      return stay(state);
    }
    return primaryHost
        ? new Step<>(new AwaitingHost(bdSeq, now, servers), List.of())
        : births(bdSeq, servers, now);
  }

  /** An older STATE than the newest says nothing (…-birth-publish-phid-wait-timestamp). */
  private Step<EdgeNodeState, EdgeNodeFact> hostState(EdgeNodeState state, HostState host) {
    if (!primaryHost || host.timestamp() < state.servers().hostTime()) {
      return stay(state);
    }
    return switch (state) {
      case AwaitingHost(int bdSeq, long since, ServerWalk servers) -> {
        ServerWalk seen = servers.seen(host.timestamp());
        if (host.online()) {
          yield births(bdSeq, seen, host.nowMillis());
        }
        AwaitingHost waiting = new AwaitingHost(bdSeq, since, seen);
        yield seen.choice() ? leave(waiting, true) : stay(waiting);
      }
      case Online online when !host.online() -> leave(online.seenHost(host.timestamp()), true);
      case Online online when host.timestamp() > online.servers().hostTime() ->
          new Step<>(online.seenHost(host.timestamp()), List.of(new EdgeNodeFact.SendAgain()));
      default -> stay(state);
    };
  }

  private Step<EdgeNodeState, EdgeNodeFact> tick(EdgeNodeState state, long now) {
    return switch (state) {
      case Online online when online.rebirthPending() -> rebirth(online, now);
      case AwaitingHost waiting
          when waiting.servers().choice() && now - waiting.sinceMillis() >= hostMillis ->
          leave(waiting, true);
      default -> stay(state);
    };
  }

  private Step<EdgeNodeState, EdgeNodeFact> rebirth(EdgeNodeState state, long now) {
    if (!(state instanceof Online online)) {
      return stay(state);
    }
    long age = now - online.bornAtMillis();
    return age >= 0 && age < rebirthMillis
        ? stay(online.owingRebirth())
        : births(online.bdSeq(), online.servers(), now);
  }

  /**
   * No data between a rebirth request and the births (…-data-commands-rebirth-action-1); no data of
   * a device that was said to be dead without a new birth of it.
   */
  private static Step<EdgeNodeState, EdgeNodeFact> data(EdgeNodeState state, String device) {
    if (!(state instanceof Online online) || online.rebirthPending()) {
      return stay(state);
    }
    if (!online.dead().contains(device)) {
      return new Step<>(
          online.afterMessages(1), List.of(new EdgeNodeFact.PublishData(online.nextSeq())));
    }
    return new Step<>(
        online.with(device).afterMessages(2),
        List.of(
            new EdgeNodeFact.PublishDeviceBirth(device, online.nextSeq()),
            new EdgeNodeFact.PublishData(online.nextSeq() + 1 & 0xFF)));
  }

  private Step<EdgeNodeState, EdgeNodeFact> deviceLost(EdgeNodeState state, String device) {
    return state instanceof Online online
            && !online.rebirthPending()
            && !online.dead().contains(device)
            && devices.contains(device)
        ? new Step<>(
            online.without(device).afterMessages(1),
            List.of(new EdgeNodeFact.PublishDeviceDeath(device, online.nextSeq())))
        : stay(state);
  }

  private static Step<EdgeNodeState, EdgeNodeFact> deviceBack(EdgeNodeState state, String device) {
    return state instanceof Online online
            && !online.rebirthPending()
            && online.dead().contains(device)
        ? new Step<>(
            online.with(device).afterMessages(1),
            List.of(new EdgeNodeFact.PublishDeviceBirth(device, online.nextSeq())))
        : stay(state);
  }

  private Step<EdgeNodeState, EdgeNodeFact> births(int bdSeq, ServerWalk servers, long now) {
    List<EdgeNodeFact> facts = new ArrayList<>();
    facts.add(new EdgeNodeFact.PublishNodeBirth(bdSeq));
    int seq = 1;
    for (String device : devices) {
      facts.add(new EdgeNodeFact.PublishDeviceBirth(device, seq));
      seq = seq + 1 & 0xFF;
    }
    facts.add(new EdgeNodeFact.SendAgain());
    return new Step<>(new Online(bdSeq, seq, now, false, Set.of(), servers), facts);
  }

  /** A CONNECT that was tried has used its bdSeq up: the broker may know it from the will. */
  private static Step<EdgeNodeState, EdgeNodeFact> leave(EdgeNodeState state, boolean announce) {
    return switch (state) {
      case Offline offline -> stay(offline);
      case Connecting(int bdSeq, ServerWalk servers) -> left(bdSeq, servers, false);
      case AwaitingHost waiting -> left(waiting.bdSeq(), waiting.servers(), announce);
      case Online online -> left(online.bdSeq(), online.servers(), announce);
    };
  }

  private static Step<EdgeNodeState, EdgeNodeFact> left(
      int bdSeq, ServerWalk servers, boolean announce) {
    return new Step<>(
        new Offline(bdSeq + 1 & 0xFF, servers.next()),
        List.of(new EdgeNodeFact.Close(bdSeq, announce)));
  }

  private static Step<EdgeNodeState, EdgeNodeFact> stay(EdgeNodeState state) {
    return new Step<>(state, List.of());
  }
}
