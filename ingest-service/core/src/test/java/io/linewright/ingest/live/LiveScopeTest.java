package io.linewright.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveScopeTest {

  private static final String PRESS = "acme/graz/body/line-1/press-01";

  private static boolean includes(LiveScope scope, String path, String name) {
    return scope.includes(path, path + "#" + name);
  }

  @Test
  void withoutAnyChoiceItIsTheWholePlant() {
    assertThat(includes(new LiveScope(List.of(), Set.of()), PRESS, "power")).isTrue();
  }

  @Test
  void aLineHasItsMachinesButNotThoseOfALineWhoseNameBeginsAlike() {
    LiveScope line = new LiveScope(List.of("acme/graz/body/line-1"), Set.of());

    assertThat(includes(line, PRESS, "power")).isTrue();
    assertThat(includes(line, "acme/graz/body/line-1", "state")).isTrue();
    assertThat(includes(line, "acme/graz/body/line-10/press-01", "power")).isFalse();
    assertThat(includes(line, "acme/graz/body", "power")).isFalse();
  }

  @Test
  void namedTagsComeOnTopOfEquipment() {
    LiveScope both = new LiveScope(List.of("acme/graz/paint"), Set.of(PRESS + "#power"));

    assertThat(includes(both, PRESS, "power")).isTrue();
    assertThat(includes(both, PRESS, "force")).isFalse();
    assertThat(includes(both, "acme/graz/paint/booth-1", "flow")).isTrue();
  }

  @Test
  void namedTagsAloneAreNotTheWholePlant() {
    LiveScope one = new LiveScope(List.of(), Set.of(PRESS + "#power"));

    assertThat(includes(one, PRESS, "power")).isTrue();
    assertThat(includes(one, PRESS, "power-factor")).isFalse();
  }
}
