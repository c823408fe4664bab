package io.linewright.edge.sparkplug;

import io.linewright.edge.fold.Step;
import io.linewright.edge.sparkplug.EdgeNodeInput.HostState;
import io.linewright.edge.sparkplug.EdgeNodeState.AwaitingHost;
import io.linewright.edge.sparkplug.EdgeNodeState.Connecting;
import io.linewright.edge.sparkplug.EdgeNodeState.Offline;
import io.linewright.edge.sparkplug.EdgeNodeState.Online;
import java.util.ArrayList;
import java.util.List;

/**
 * Session of an edge node as a fold (Sparkplug 3.0, chapters 5 and 6): {@code bdSeq} grows with
 * every CONNECT, {@code seq} is one counter over the node and its devices, births come first, a
 * primary host that goes offline ends the session.
 *
 * @param primaryHost whether to publish only while the primary host is online
 * @param rebirthMillis shortest time between two births; a request within it is served at its end
 * @param devices devices to announce, in order
 */
public record EdgeNodeSession(boolean primaryHost, long rebirthMillis, List<String> devices) {

  public EdgeNodeSession {
    devices = List.copyOf(devices);
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
      case EdgeNodeInput.Tick(long now) ->
          state instanceof Online online && online.rebirthPending()
              ? rebirth(online, now)
              : stay(state);
      case EdgeNodeInput.DataReady() -> data(state);
    };
  }

  private static Step<EdgeNodeState, EdgeNodeFact> connect(EdgeNodeState state) {
    return state instanceof Offline(int bdSeq, long host)
        ? new Step<>(new Connecting(bdSeq, host), List.of(new EdgeNodeFact.Open(bdSeq)))
        : stay(state);
  }

  private Step<EdgeNodeState, EdgeNodeFact> connected(EdgeNodeState state, long now) {
    if (!(state instanceof Connecting(int bdSeq, long host))) {
      return stay(state);
    }
    return primaryHost
        ? new Step<>(new AwaitingHost(bdSeq, host), List.of())
        : births(bdSeq, host, now);
  }

  private Step<EdgeNodeState, EdgeNodeFact> hostState(EdgeNodeState state, HostState host) {
    if (!primaryHost || host.timestamp() < state.hostTimestamp()) {
      return stay(state);
    }
    return switch (state) {
      case AwaitingHost(int bdSeq, long last) ->
          host.online()
              ? births(bdSeq, host.timestamp(), host.nowMillis())
              : stay(new AwaitingHost(bdSeq, host.timestamp()));
      case Online online when !host.online() -> leave(online.seenHost(host.timestamp()), true);
      case Online online when host.timestamp() > online.hostTimestamp() ->
          new Step<>(online.seenHost(host.timestamp()), List.of(new EdgeNodeFact.SendAgain()));
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
        : births(online.bdSeq(), online.hostTimestamp(), now);
  }

  private static Step<EdgeNodeState, EdgeNodeFact> data(EdgeNodeState state) {
    return state instanceof Online online
        ? new Step<>(online.afterMessage(), List.of(new EdgeNodeFact.PublishData(online.nextSeq())))
        : stay(state);
  }

  private Step<EdgeNodeState, EdgeNodeFact> births(int bdSeq, long host, long now) {
    List<EdgeNodeFact> facts = new ArrayList<>();
    facts.add(new EdgeNodeFact.PublishNodeBirth(bdSeq));
    int seq = 1;
    for (String device : devices) {
      facts.add(new EdgeNodeFact.PublishDeviceBirth(device, seq));
      seq = seq + 1 & 0xFF;
    }
    facts.add(new EdgeNodeFact.SendAgain());
    return new Step<>(new Online(bdSeq, seq, now, false, host), facts);
  }

  /** A CONNECT that was tried has used its bdSeq up: the broker may know it from the will. */
  private static Step<EdgeNodeState, EdgeNodeFact> leave(EdgeNodeState state, boolean announce) {
    return switch (state) {
      case Offline offline -> stay(offline);
      case Connecting(int bdSeq, long host) -> left(bdSeq, host, false);
      case AwaitingHost(int bdSeq, long host) -> left(bdSeq, host, announce);
      case Online online -> left(online.bdSeq(), online.hostTimestamp(), announce);
    };
  }

  private static Step<EdgeNodeState, EdgeNodeFact> left(int bdSeq, long host, boolean announce) {
    return new Step<>(
        new Offline(bdSeq + 1 & 0xFF, host), List.of(new EdgeNodeFact.Close(bdSeq, announce)));
  }

  private static Step<EdgeNodeState, EdgeNodeFact> stay(EdgeNodeState state) {
    return new Step<>(state, List.of());
  }
}
