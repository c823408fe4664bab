package io.linewright.simulator.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.ModbusUnit;
import io.linewright.simulator.plant.ModbusUnit.WordOrder;
import io.linewright.simulator.plantfile.PlantFile;
import io.linewright.simulator.tag.PlantTag;
import io.linewright.simulator.tag.PlantTags;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterUnitTest {

  private List<RegisterPlace> places = List.of();

  @BeforeEach
  void placesOfThePacker() throws Exception {
    List<PlantTag> tags = PlantTags.of(PlantFile.load("demo"));
    places =
        RegisterMap.assign(tags).stream()
            .filter(place -> place.tag().machine().name().equals("packer-01"))
            .toList();
  }

  @Test
  void registersFollowEachOtherWithoutGapOrOverlap() {
    int next = RegisterMap.FIRST_REGISTER;
    for (RegisterPlace place : places) {
      if (!place.isCoil()) {
        assertThat(place.address()).isEqualTo(next);
        next += place.encoding().registers();
      }
    }
    assertThat(places)
        .filteredOn(RegisterPlace::isCoil)
        .extracting(RegisterPlace::text)
        .containsExactly("coil:0");
  }

  @ParameterizedTest
  @CsvSource({"ABCD,01020304", "CDAB,03040102", "BADC,02010403", "DCBA,04030201"})
  void ordersTheBytesOfLongValues(WordOrder order, String bytes) {
    byte[] encoded =
        RegisterCodec.encode(SampleValue.of(0x01020304L), RegisterPlace.Encoding.UINT32, order);

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(bytes);
  }

  @Test
  void floatsAreIeee754() {
    byte[] encoded =
        RegisterCodec.encode(SampleValue.of(1.5), RegisterPlace.Encoding.FLOAT32, WordOrder.ABCD);

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("3fc00000");
  }

  @Test
  void shortValuesHaveNoWordOrder() {
    byte[] encoded =
        RegisterCodec.encode(SampleValue.of(258L), RegisterPlace.Encoding.UINT16, WordOrder.DCBA);

    assertThat(HexFormat.of().formatHex(encoded)).isEqualTo("0102");
  }

  @Test
  void countsReadsOfWholeValuesOnly() {
    var unit = new RegisterUnit(new ModbusUnit(1, WordOrder.ABCD), places);
    int good = index("count/good");
    int address = places.get(good).address();
    unit.write(good, SampleValue.of(7L));

    unit.readRegisters(address, 1);
    unit.readCoils(0, 1);
    assertThat(unit.reads(good)).isZero();
    unit.readRegisters(RegisterMap.FIRST_REGISTER, address - RegisterMap.FIRST_REGISTER + 2);
    assertThat(unit.reads(good)).isEqualTo(1);
    unit.write(good, SampleValue.of(8L));
    assertThat(unit.reads(good)).isZero();
  }

  @Test
  void knowsWhichAddressesExist() {
    var unit = new RegisterUnit(new ModbusUnit(1, WordOrder.ABCD), places);
    RegisterPlace last = places.getLast();
    int end = last.address() + last.encoding().registers();

    assertThat(unit.hasRegisters(100, end - 100)).isTrue();
    assertThat(unit.hasRegisters(100, end - 99)).isFalse();
    assertThat(unit.hasRegisters(99, 1)).isFalse();
    assertThat(unit.hasCoils(0, 1)).isTrue();
    assertThat(unit.hasCoils(0, 2)).isFalse();
  }

  @Test
  void noAnswerHoldsHalfOfAValue() throws Exception {
    var unit = new RegisterUnit(new ModbusUnit(1, WordOrder.ABCD), places);
    int good = index("count/good");
    int address = places.get(good).address();
    var stop = new AtomicBoolean();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (long i = 0; !stop.get(); i++) {
                    unit.write(good, SampleValue.of(i % 2 == 0 ? 0L : 0xffff_ffffL));
                  }
                });
    try {
      for (int i = 0; i < 100_000; i++) {
        byte[] answer = unit.readRegisters(address, 2);
        assertThat(answer[0]).isEqualTo(answer[3]);
      }
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private int index(String name) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).tag().description().key().name().value().equals(name)) {
        return i;
      }
    }
    throw new AssertionError(name);
  }
}
