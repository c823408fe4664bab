package io.linewright.edge.opcua.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.TagName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void segmentsArePlain() {
    Set<String> taken = new HashSet<>();
    assertThat(Names.segment("Mill 01 (Süd)", taken)).isEqualTo("mill-01-sued");
    assertThat(Names.segment("MILL_01_Süd", taken)).isEqualTo("mill-01-sued-2");
    assertThat(Names.segment("«»", taken)).isEqualTo("machine");
    assertThat(Names.segment("", taken)).isEqualTo("machine-2");
  }

  @Test
  void tagsKeepWhatTheServerCallsThem() {
    Set<String> taken = new HashSet<>();
    assertThat(Names.tag(List.of("Spindle", "Temperature"), taken))
        .isEqualTo("Spindle/Temperature");
    assertThat(Names.tag(List.of("Spindle", "Temperature"), taken))
        .isEqualTo("Spindle/Temperature-2");
    assertThat(Names.tag(List.of("a/b", "c#1+", "[0]"), taken)).isEqualTo("a_b/c_1_/[0]");
  }

  /** Whatever a server calls its nodes, the names are valid and different. */
  @Test
  void anyNamesBecomeValidOnes() {
    Random random = new Random(5);
    Set<String> segments = new HashSet<>();
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 3000; i++) {
      List<String> path = new ArrayList<>();
      for (int n = 1 + random.nextInt(12); n > 0; n--) {
        path.add(text(random));
      }
      assertThat(new EquipmentPath(List.of(Names.segment(path.getFirst(), segments)))).isNotNull();
      assertThat(new TagName(Names.tag(path, tags))).isNotNull();
    }
    assertThat(segments).hasSize(3000);
    assertThat(tags).hasSize(3000);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(40); n > 0; n--) {
      text.append(
          (char) (random.nextInt(4) == 0 ? random.nextInt(0x2100) : 32 + random.nextInt(96)));
    }
    return text.toString();
  }
}
