package io.linewright.simulator.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTags;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldRegisterTest {

  private static final long POLL = 200_000;
  private static final long PATIENCE = 60_000_000;

  private RegisterUnit unit = new RegisterUnit(new UnitOne().unit(), List.of());
  private HeldRegister register = held();

  private record UnitOne() {
    io.linewright.simulator.plant.ModbusUnit unit() {
      return new io.linewright.simulator.plant.ModbusUnit(
          1, io.linewright.simulator.plant.ModbusUnit.WordOrder.ABCD);
    }
  }

  @BeforeEach
  void aStateRegister() {
    register = held();
    register.want(SampleValue.of(1L));
    assertThat(register.show(0)).isEqualTo(SampleValue.of(1L));
  }

  @Test
  void unpolledAValueIsHeldForThreeAndAHalfPolls() {
    register.want(SampleValue.of(2L));

    assertThat(register.show(POLL * 7 / 2 - 1)).isNull();
    assertThat(register.show(POLL * 7 / 2)).isEqualTo(SampleValue.of(2L));
  }

  @Test
  void oncePolledAValueStaysUntilThreePollsHaveSeenIt() {
    read();
    register.want(SampleValue.of(2L));
    read();
    assertThat(register.show(20 * POLL)).isNull();
    read();
    assertThat(register.show(20 * POLL)).isEqualTo(SampleValue.of(2L));

    register.want(SampleValue.of(3L));
    assertThat(register.show(30 * POLL)).isNull();
  }

  @Test
  void aGatewayThatStaysAwayDoesNotHoldThePlantForEver() {
    read();
    register.want(SampleValue.of(2L));

    assertThat(register.show(PATIENCE)).isNull();
    assertThat(register.show(PATIENCE + 1)).isEqualTo(SampleValue.of(2L));
  }

  @Test
  void onlyTheLatestWishCounts() {
    register.want(SampleValue.of(2L));
    register.want(SampleValue.of(3L));

    assertThat(register.show(10 * POLL)).isEqualTo(SampleValue.of(3L));
    assertThat(register.show(20 * POLL)).isNull();
  }

  @Test
  void aWishForWhatIsShownAlreadyIsNoChange() {
    register.want(SampleValue.of(2L));
    register.want(SampleValue.of(1L));

    assertThat(register.show(10 * POLL)).isNull();
  }

  private void read() {
    unit.readRegisters(RegisterMap.FIRST_REGISTER, 1);
  }

  private HeldRegister held() {
    try {
      List<RegisterPlace> places =
          RegisterMap.assign(PlantTags.of(PlantFile.load("demo"))).subList(0, 1);
      unit = new RegisterUnit(new UnitOne().unit(), places);
      return new HeldRegister(
          places.getFirst().tag(), unit, 0, Duration.ofMillis(200), Duration.ofSeconds(60));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
