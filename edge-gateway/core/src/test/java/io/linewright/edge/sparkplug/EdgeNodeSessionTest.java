package io.linewright.edge.sparkplug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.edge.fold.Step;
import io.linewright.edge.sparkplug.EdgeNodeFact.Close;
import io.linewright.edge.sparkplug.EdgeNodeFact.Open;
import io.linewright.edge.sparkplug.EdgeNodeFact.PublishData;
import io.linewright.edge.sparkplug.EdgeNodeFact.PublishDeviceBirth;
import io.linewright.edge.sparkplug.EdgeNodeFact.PublishDeviceDeath;
import io.linewright.edge.sparkplug.EdgeNodeFact.PublishNodeBirth;
import io.linewright.edge.sparkplug.EdgeNodeFact.SendAgain;
import io.linewright.edge.sparkplug.EdgeNodeInput.Connect;
import io.linewright.edge.sparkplug.EdgeNodeInput.Connected;
import io.linewright.edge.sparkplug.EdgeNodeInput.ConnectionLost;
import io.linewright.edge.sparkplug.EdgeNodeInput.DataReady;
import io.linewright.edge.sparkplug.EdgeNodeInput.DeviceBack;
import io.linewright.edge.sparkplug.EdgeNodeInput.DeviceLost;
import io.linewright.edge.sparkplug.EdgeNodeInput.HostState;
import io.linewright.edge.sparkplug.EdgeNodeInput.RebirthRequested;
import io.linewright.edge.sparkplug.EdgeNodeInput.Stop;
import io.linewright.edge.sparkplug.EdgeNodeInput.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EdgeNodeSessionTest {

  private final EdgeNodeSession session = new EdgeNodeSession(true, 1000, List.of("mill", "saw"));
  private EdgeNodeState state = EdgeNodeState.start(7);

  @Test
  void publishesNothingBeforeThePrimaryHostIsOnline() {
    assertThat(on(session, new Connect())).containsExactly(new Open(7, 0));
    assertThat(on(session, new Connected(0), new DataReady("mill"), new RebirthRequested(0)))
        .isEmpty();
    assertThat(on(session, new HostState(false, 50, 0), new DataReady("mill"))).isEmpty();

    assertThat(on(session, new HostState(true, 60, 0)))
        .containsExactly(
            new PublishNodeBirth(7),
            new PublishDeviceBirth("mill", 1),
            new PublishDeviceBirth("saw", 2),
            new SendAgain());
    assertThat(on(session, new DataReady("mill"))).containsExactly(new PublishData(3));
  }

  @Test
  void withoutPrimaryHostBirthsFollowTheConnection() {
    EdgeNodeSession alone = new EdgeNodeSession(false, 1000, List.of());

    assertThat(on(alone, new Connect(), new Connected(0)))
        .containsExactly(new Open(7, 0), new PublishNodeBirth(7), new SendAgain());
    assertThat(on(alone, new HostState(false, 1, 0))).isEmpty();
  }

  @Test
  void sequenceIsOneCounterThatWrapsAt256() {
    online();
    List<Integer> seqs =
        IntStream.range(0, 300)
            .mapToObj(i -> ((PublishData) on(session, new DataReady("mill")).getFirst()).seq())
            .toList();

    assertThat(seqs.subList(0, 3)).containsExactly(3, 4, 5);
    assertThat(seqs.subList(252, 255)).containsExactly(255, 0, 1);
  }

  @Test
  void sequenceWrapsWithinTheBirthsOfManyDevices() {
    EdgeNodeSession large =
        new EdgeNodeSession(
            false, 0, IntStream.range(0, 260).mapToObj(i -> "device-" + i).toList());

    List<EdgeNodeFact> facts = on(large, new Connect(), new Connected(0));

    assertThat(facts).contains(new PublishDeviceBirth("device-254", 255));
    assertThat(facts).contains(new PublishDeviceBirth("device-255", 0));
    assertThat(on(large, new DataReady("mill"))).containsExactly(new PublishData(5));
  }

  @Test
  void everyConnectTakesTheNextBdSeqAndItWraps() {
    state = EdgeNodeState.start(255);

    assertThat(on(session, new Connect())).containsExactly(new Open(255, 0));
    assertThat(on(session, new ConnectionLost())).containsExactly(new Close(255, false));
    assertThat(on(session, new Connect())).containsExactly(new Open(0, 0));
  }

  @Test
  void rebirthKeepsBdSeqAndStartsTheSequenceAgain() {
    online();
    on(session, new DataReady("mill"));

    assertThat(on(session, new RebirthRequested(5000)))
        .startsWith(new PublishNodeBirth(7), new PublishDeviceBirth("mill", 1));
    assertThat(on(session, new DataReady("mill"))).containsExactly(new PublishData(3));
  }

  @Test
  void rebirthsInQuickSuccessionAreServedOnceAndNotForgotten() {
    online();

    assertThat(on(session, new RebirthRequested(10), new RebirthRequested(20), new Tick(500)))
        .isEmpty();
    assertThat(on(session, new Tick(1000))).contains(new PublishNodeBirth(7));
    assertThat(on(session, new Tick(3000))).isEmpty();
  }

  @Test
  void hostOfflineEndsTheSessionWithADeath() {
    online();

    assertThat(on(session, new HostState(false, 61, 0))).containsExactly(new Close(7, true));
    assertThat(state).isEqualTo(new EdgeNodeState.Offline(8, ServerWalk.over(1).seen(61)));
  }

  @Test
  void olderHostStateIsIgnored() {
    online();

    assertThat(on(session, new HostState(false, 59, 0))).isEmpty();
    on(session, new HostState(false, 70, 0), new Connect(), new Connected(0));
    assertThat(on(session, new HostState(true, 69, 0))).isEmpty();
    assertThat(on(session, new HostState(true, 71, 0))).contains(new PublishNodeBirth(8));
  }

  @Test
  void hostThatStartedAgainGetsWhatIsUnconfirmed() {
    online();

    assertThat(on(session, new HostState(true, 60, 0))).isEmpty();
    assertThat(on(session, new HostState(true, 90, 0))).containsExactly(new SendAgain());
  }

  @Test
  void stopAnnouncesTheDeathOnlyWhereThereIsASession() {
    assertThat(on(session, new Stop())).isEmpty();
    on(session, new Connect());
    assertThat(on(session, new Stop())).containsExactly(new Close(7, false));
    state = EdgeNodeState.start(9);
    on(session, new Connect(), new Connected(0));
    assertThat(on(session, new Stop())).containsExactly(new Close(9, true));
  }

  @Test
  void noDataLeavesBetweenARebirthRequestAndTheBirths() {
    online();

    assertThat(on(session, new RebirthRequested(10), new DataReady("mill"))).isEmpty();
    assertThat(on(session, new DeviceLost("mill"), new DeviceBack("mill"))).isEmpty();
    assertThat(on(session, new Tick(1000))).startsWith(new PublishNodeBirth(7));
    assertThat(on(session, new DataReady("mill"))).containsExactly(new PublishData(3));
  }

  @Test
  void lostDeviceIsSaidToBeDeadOnceAndBornBeforeItsNextData() {
    online();

    assertThat(on(session, new DeviceLost("mill"), new DeviceLost("mill")))
        .containsExactly(new PublishDeviceDeath("mill", 3));
    assertThat(on(session, new DataReady("saw"))).containsExactly(new PublishData(4));
    assertThat(on(session, new DataReady("mill")))
        .containsExactly(new PublishDeviceBirth("mill", 5), new PublishData(6));
    assertThat(on(session, new DataReady("mill"))).containsExactly(new PublishData(7));
  }

  @Test
  void deviceThatTalksAgainIsBornAgain() {
    online();
    assertThat(on(session, new DeviceBack("mill"))).isEmpty();
    on(session, new DeviceLost("mill"));

    assertThat(on(session, new DeviceBack("mill")))
        .containsExactly(new PublishDeviceBirth("mill", 4));
    assertThat(on(session, new DeviceBack("mill"))).isEmpty();
  }

  @Test
  void birthsOfTheNodeBringEveryDeviceBackToLife() {
    online();
    on(session, new DeviceLost("mill"), new RebirthRequested(5000));

    assertThat(on(session, new DataReady("mill"))).containsExactly(new PublishData(3));
    assertThat(on(session, new DeviceLost("no such device"))).isEmpty();
  }

  @Test
  void hostThatIsOfflineSendsTheNodeToItsNextServer() {
    state = EdgeNodeState.start(0, 3);
    assertThat(on(session, new Connect())).containsExactly(new Open(0, 0));
    assertThat(on(session, new Connected(0), new HostState(false, 60, 0)))
        .containsExactly(new Close(0, true));
    assertThat(on(session, new Connect())).containsExactly(new Open(1, 1));
    assertThat(on(session, new ConnectionLost(), new Connect()))
        .containsExactly(new Close(1, false), new Open(2, 2));
    assertThat(on(session, new Connected(0), new HostState(true, 5, 0)))
        .as("the host's time on this server is older than on the first one")
        .startsWith(new PublishNodeBirth(2));
    assertThat(on(session, new HostState(false, 6, 0), new Connect()))
        .containsExactly(new Close(2, true), new Open(3, 0));
    assertThat(on(session, new Connected(0), new HostState(true, 59, 0)))
        .as("older than what this server told before")
        .isEmpty();
    assertThat(on(session, new HostState(true, 60, 0))).startsWith(new PublishNodeBirth(3));
  }

  @Test
  void serverWhereTheHostSaysNothingIsLeftAfterAWhile() {
    EdgeNodeSession patient = new EdgeNodeSession(true, 1000, 5000, List.of());
    state = EdgeNodeState.start(0, 2);
    on(patient, new Connect(), new Connected(100));

    assertThat(on(patient, new Tick(5099))).isEmpty();
    assertThat(on(patient, new Tick(5100), new Connect()))
        .containsExactly(new Close(0, true), new Open(1, 1));
    state = EdgeNodeState.start(0);
    on(patient, new Connect(), new Connected(100));
    assertThat(on(patient, new Tick(1_000_000))).as("there is no other server").isEmpty();
  }

  @Test
  void nodeWithoutServersCannotBe() {
    assertThatThrownBy(() -> ServerWalk.over(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private void online() {
    on(session, new Connect(), new Connected(0), new HostState(true, 60, 0));
  }

  private List<EdgeNodeFact> on(EdgeNodeSession of, EdgeNodeInput... inputs) {
    List<EdgeNodeFact> facts = new ArrayList<>();
    for (EdgeNodeInput input : inputs) {
      Step<EdgeNodeState, EdgeNodeFact> step = of.step(state, input);
      state = step.state();
      facts.addAll(step.facts());
    }
    return facts;
  }
}
