package io.linewright.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.gateway.StallStage.Signs;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StallStageTest {

  private static final OptionalLong NONE = OptionalLong.of(0);

  @Test
  void theBridgeCarriesAndTheGatewayLeft() {
    assertThat(StallStage.of(new Signs(true, true, true, NONE, false)))
        .isEqualTo(StallStage.GATEWAY_OFFLINE)
        .hasToString("gateway-offline");
  }

  @Test
  void theBridgeCarriesAndTheGatewaySaysNothing() {
    assertThat(StallStage.of(new Signs(true, true, true, NONE, true)))
        .isEqualTo(StallStage.GATEWAY_SILENT);
    assertThat(StallStage.of(new Signs(true, true, true, NONE, null)))
        .isEqualTo(StallStage.GATEWAY_SILENT);
  }

  @Test
  void theBridgeStandsStill() {
    assertThat(StallStage.of(new Signs(true, true, false, NONE, true)))
        .isEqualTo(StallStage.BRIDGE);
  }

  @Test
  void marksOfTransactionsAreNoRecordsThatWait() {
    assertThat(StallStage.of(new Signs(true, true, false, OptionalLong.of(6), true)))
        .isEqualTo(StallStage.BRIDGE);
    assertThat(StallStage.of(new Signs(true, true, null, OptionalLong.of(199), true)))
        .isEqualTo(StallStage.UNKNOWN);
  }

  @Test
  void recordsWaitInKafka() {
    assertThat(StallStage.of(new Signs(true, true, false, OptionalLong.of(200), true)))
        .isEqualTo(StallStage.KAFKA);
    assertThat(StallStage.of(new Signs(true, false, null, OptionalLong.empty(), null)))
        .isEqualTo(StallStage.KAFKA);
  }

  @Test
  void thisServiceDoesNotStore() {
    assertThat(StallStage.of(new Signs(false, true, false, OptionalLong.of(7), false)))
        .isEqualTo(StallStage.INGEST);
  }

  @Test
  void withoutABridgeNothingTells() {
    assertThat(StallStage.of(new Signs(true, true, null, NONE, false)))
        .isEqualTo(StallStage.UNKNOWN);
  }
}
