package io.linewright.bench.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.RegisterForm;
import io.linewright.edge.config.RegisterForm.Padding;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.modbus.value.Decoded;
import io.linewright.edge.modbus.value.RegisterDecoder;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownValuesTest {

  private static final EquipmentPath UNIT = EquipmentPath.parse("bench/modbus/area/line/unit-3");

  private final KnownValues values = new KnownValues();
  private final Scoreboard board = new Scoreboard(values, 1000);

  @TempDir private Path directory;

  @Test
  void blockIsFullAndHoldsEveryKindInEveryOrder() {
    List<Field> fields = values.fields();
    assertThat(fields.stream().mapToInt(field -> field.kind().registers()).sum())
        .isEqualTo(Field.BLOCK);
    assertThat(
            fields.stream().map(field -> field.kind() + field.order()).collect(Collectors.toSet()))
        .hasSize(4 * Field.Kind.values().length);
  }

  @Test
  void gatewaysDecoderReadsWhatTheDeviceWrites() {
    for (long millis = 0; millis < 100_000; millis += 1_777) {
      byte[] registers = values.registers(3, 5, millis);
      for (int i = 0; i < values.fields().size(); i++) {
        Field field = values.fields().get(i);
        SampleValue expected = values.value(3, 5, i, values.tick(3, 5, i, millis));
        assertThat(
                RegisterDecoder.decode(registers, field.register(), place(field), expected.type()))
            .as("%s", field)
            .isEqualTo(new Decoded.Value(expected));
      }
    }
  }

  private static ModbusRegister place(Field field) {
    Encoding encoding =
        field.kind() == Field.Kind.BIT ? Encoding.BOOL : Encoding.valueOf(field.kind().name());
    RegisterForm form =
        switch (field.kind()) {
          case STRING -> RegisterForm.text(Field.LENGTH, Padding.NUL);
          case BIT -> RegisterForm.ofBit(11);
          default -> RegisterForm.PLAIN;
        };
    return new ModbusRegister(
        Table.HOLDING, field.register(), encoding, WordOrder.valueOf(field.order()), form);
  }

  @Test
  void valueOfTheTimeIsRightAndAnyOtherIsWrong() {
    deliver(7, 1_000_000, 1_000_000);
    assertThat(board.right()).isEqualTo(1);
    deliver(7, 1_001_000, 990_000);
    assertThat(board.wrong()).isEqualTo(1);
  }

  @Test
  void valueThatWasNotSeenIsNoticedUnlessTheTagWasBad() {
    deliver(7, 1_000_000, 1_000_000);
    deliver(7, 1_002_000, 1_002_000);
    assertThat(board.skipped()).isEqualTo(1);
    board.accept(
        UNIT, name(7), new Sample(null, StatusCode.BAD_NO_COMMUNICATION, 1_003_000_000L, 0));
    deliver(7, 1_005_000, 1_005_000);
    assertThat(board.skipped()).isEqualTo(1);
    assertThat(board.bads()).containsExactly(new Scoreboard.Bad(1_003_000, 3, 5, "0x80310000"));
  }

  @Test
  void onlyAHitOnTheSameBlockExplainsABadTag() throws Exception {
    Path file = Files.writeString(directory.resolve("hits.tsv"), "1000\t3\t5\tlate\n");
    Hits hits = Hits.read(file);
    assertThat(hits.count("late")).isEqualTo(1);
    assertThat(hits.explains(new Scoreboard.Bad(1100, 3, 5, ""), 200)).isTrue();
    assertThat(hits.explains(new Scoreboard.Bad(1300, 3, 5, ""), 200)).isFalse();
    assertThat(hits.explains(new Scoreboard.Bad(900, 3, 5, ""), 200)).isFalse();
    assertThat(hits.explains(new Scoreboard.Bad(1100, 3, 6, ""), 200)).isFalse();
  }

  private void deliver(int field, long millis, long shownAt) {
    SampleValue value = values.value(3, 5, field, values.tick(3, 5, field, shownAt));
    assertThat(value.type()).isNotEqualTo(DataType.BOOLEAN);
    board.accept(UNIT, name(field), new Sample(value, StatusCode.GOOD, millis * 1000, 0));
  }

  private static TagName name(int field) {
    return new TagName("b5/f" + field);
  }
}
