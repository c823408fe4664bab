package io.linewright.edge.config.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.Connection;
import io.linewright.edge.config.DeviceSettings;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.TagAddress.Encoding;
import io.linewright.edge.config.TagAddress.ModbusRegister;
import io.linewright.edge.config.TagAddress.Table;
import io.linewright.edge.config.TagAddress.WordOrder;
import io.linewright.edge.config.TagSettings;
import io.linewright.edge.config.change.FileChange.Part;
import io.linewright.edge.logic.report.Reporting;
import io.linewright.model.equipment.DataClass;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagDescription;
import io.linewright.model.equipment.TagKey;
import io.linewright.model.equipment.TagName;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileChangeTest {

  @Test
  void tellsWhatIsUnchangedChangedAddedAndGone() {
    EdgeFile old =
        file(
            List.of(connection("a", 1), connection("b", 1), connection("c", 1)),
            List.of(device("a", 0, tag(0, 0)), device("b", 1, tag(1, 0)), device("c", 2)));
    EdgeFile next =
        file(
            List.of(connection("d", 1), connection("b", 1), connection("a", 1)),
            List.of(
                device("b", 1, tag(1, 0), tag(1, 1)),
                device("a", 0, tag(0, 0)),
                device("d", 3, tag(3, 0))));

    FileChange change = FileChange.between(old, next);

    assertThat(ids(change.unchanged())).containsExactly("a");
    assertThat(ids(change.changed())).containsExactly("b");
    assertThat(change.changed().getFirst().devices().getFirst().tags()).hasSize(2);
    assertThat(ids(change.added())).containsExactly("d");
    assertThat(ids(change.gone())).containsExactly("c");
  }

  @Test
  void aDeviceThatMovesChangesBothConnections() {
    List<Connection> both = List.of(connection("a", 1), connection("b", 1));
    EdgeFile old = file(both, List.of(device("a", 0, tag(0, 0)), device("a", 1, tag(1, 0))));
    EdgeFile next = file(both, List.of(device("a", 0, tag(0, 0)), device("b", 1, tag(1, 0))));

    assertThat(ids(FileChange.between(old, next).changed())).containsExactly("a", "b");
  }

  @Test
  void whatBecomesOfValuesBehindTheDriverChangesNoConnection() {
    List<Connection> one = List.of(connection("a", 1));
    Reporting sparse =
        new Reporting(OptionalDouble.of(2), Optional.of(Duration.ofSeconds(1)), Optional.empty());
    TagSettings plain = tag(0, 0);
    TagSettings reported = new TagSettings(plain.description(), plain.address(), sparse);

    FileChange change =
        FileChange.between(
            file(one, List.of(device("a", 0, plain))),
            file(one, List.of(device("a", 0, reported))));

    assertThat(ids(change.unchanged())).containsExactly("a");
    assertThat(change.unchanged().getFirst().devices().getFirst().tags())
        .as("the part is the new file's")
        .containsExactly(reported);
  }

  @Test
  void everyConnectionIsInOnePlaceAndBackIsTheMirror() {
    forEverySeed(
        random -> {
          EdgeFile old = file(random);
          EdgeFile next = random.nextInt(4) == 0 ? shuffled(old, random) : file(random);

          FileChange there = FileChange.between(old, next);
          FileChange back = FileChange.between(next, old);

          assertThat(
                  Stream.of(there.unchanged(), there.changed(), there.added())
                      .flatMap(List::stream))
              .containsExactlyInAnyOrderElementsOf(FileChange.parts(next).values());
          assertThat(there.gone()).isEqualTo(back.added());
          assertThat(there.added()).isEqualTo(back.gone());
          assertThat(ids(there.unchanged()))
              .containsExactlyInAnyOrderElementsOf(ids(back.unchanged()));
          assertThat(ids(there.changed())).containsExactlyInAnyOrderElementsOf(ids(back.changed()));
        });
  }

  @Test
  void theSameFileInAnotherOrderChangesNothing() {
    forEverySeed(
        random -> {
          EdgeFile file = file(random);

          FileChange change = FileChange.between(file, shuffled(file, random));

          assertThat(change.changed()).isEmpty();
          assertThat(change.added()).isEmpty();
          assertThat(change.gone()).isEmpty();
          assertThat(change.unchanged()).hasSameSizeAs(file.connections());
        });
  }

  private static void forEverySeed(Consumer<Random> property) {
    for (int seed = 0; seed < 300; seed++) {
      try {
        property.accept(new Random(seed));
      } catch (AssertionError failed) {
        throw new AssertionError("failed with seed " + seed, failed);
      }
    }
  }

  /** Few of everything, so that two files have much in common. */
  private static EdgeFile file(Random random) {
    List<Connection> connections = new ArrayList<>();
    List<DeviceSettings> devices = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d")) {
      if (random.nextInt(4) > 0) {
        connections.add(connection(id, 1 + random.nextInt(2)));
      }
    }
    for (int number = 0; number < 5 && !connections.isEmpty(); number++) {
      if (random.nextBoolean()) {
        String on = connections.get(random.nextInt(connections.size())).id();
        List<TagSettings> tags = new ArrayList<>();
        for (int tag = 0; tag < 3; tag++) {
          if (random.nextInt(3) > 0) {
            tags.add(tag(number, tag));
          }
        }
        devices.add(device(on, number, tags.toArray(TagSettings[]::new)));
      }
    }
    return file(connections, devices);
  }

  private static EdgeFile shuffled(EdgeFile file, Random random) {
    List<Connection> connections = new ArrayList<>(file.connections());
    List<DeviceSettings> devices = new ArrayList<>();
    for (DeviceSettings device : file.devices()) {
      List<TagSettings> tags = new ArrayList<>(device.tags());
      Collections.shuffle(tags, random);
      devices.add(
          new DeviceSettings(
              device.path(), Optional.empty(), device.connection(), 1, tags, Map.of()));
    }
    Collections.shuffle(connections, random);
    Collections.shuffle(devices, random);
    return file(connections, devices);
  }

  private static EdgeFile file(List<Connection> connections, List<DeviceSettings> devices) {
    return new EdgeFile(
        new GatewayIdentity("acme:graz", "gw-1", "linewright", Confirm.BRIDGE),
        LogSettings.DEFAULT,
        connections,
        devices);
  }

  private static Connection connection(String id, int port) {
    return new Connection.ModbusTcp(
        id, "127.0.0.1", port, Duration.ofSeconds(1), Duration.ofSeconds(1));
  }

  private static DeviceSettings device(String connection, int number, TagSettings... tags) {
    return new DeviceSettings(
        path(number), Optional.empty(), connection, 1, List.of(tags), Map.of());
  }

  private static EquipmentPath path(int number) {
    return EquipmentPath.parse("acme/graz/packaging/line-1/saw-" + number);
  }

  private static TagSettings tag(int device, int number) {
    return new TagSettings(
        new TagDescription(
            new TagKey(path(device), new TagName("r" + number)),
            DataType.INTEGER,
            UcumUnit.ONE,
            TagRole.PROCESS_VALUE,
            Optional.empty(),
            Optional.empty(),
            DataClass.SITE,
            Optional.empty()),
        new ModbusRegister(Table.HOLDING, number, Encoding.UINT16, WordOrder.ABCD));
  }

  private static List<String> ids(List<Part> parts) {
    return parts.stream().map(part -> part.connection().id()).toList();
  }
}
