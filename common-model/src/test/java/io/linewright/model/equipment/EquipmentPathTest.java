package io.linewright.model.equipment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EquipmentPathTest {

  private static final EquipmentPath PRESS = EquipmentPath.parse("acme/graz/body/line-1/press-01");

  @Test
  void knowsItsLevelLineAndParent() {
    assertThat(PRESS.level()).isEqualTo(EquipmentLevel.WORK_UNIT);
    assertThat(PRESS.line()).hasToString("acme/graz/body/line-1");
    assertThat(PRESS.line().line()).isEqualTo(PRESS.line());
    assertThat(PRESS.parent()).contains(EquipmentPath.parse("acme/graz/body/line-1"));
    assertThat(EquipmentPath.parse("acme").parent()).isEmpty();
    assertThat(PRESS.child("motor").child("bearing").level())
        .isEqualTo(EquipmentLevel.EQUIPMENT_MODULE);
  }

  @Test
  void containsItselfAndWhatLiesBelowOnly() {
    EquipmentPath line = EquipmentPath.parse("acme/graz/body/line-1");
    assertThat(line.contains(PRESS)).isTrue();
    assertThat(PRESS.contains(PRESS)).isTrue();
    assertThat(PRESS.contains(line)).isFalse();
    assertThat(line.contains(EquipmentPath.parse("acme/graz/body/line-10/press-01"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "acme/",
        "/acme",
        "Acme",
        "acme/gra z",
        "a/b/c/d/e/f/g/h/i",
        "acme/../x",
        "ä"
      })
  void refusesWhatIsNoPath(String text) {
    assertThatThrownBy(() -> EquipmentPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesOverlongInputWithoutRepeatingIt() {
    assertThatThrownBy(() -> EquipmentPath.parse("a".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void translatesToSparkplugAndBack() {
    SparkplugAddress address = SparkplugAddress.ofDevice(PRESS, "gw-1");
    assertThat(address.group()).isEqualTo("acme:graz");
    assertThat(address.device()).contains("body:line-1:press-01");
    assertThat(address.equipment()).contains(PRESS);
    assertThat(new SparkplugAddress("acme:graz", "gw-1", java.util.Optional.empty()).equipment())
        .contains(EquipmentPath.parse("acme/graz/gw-1"));
  }

  @Test
  void findsNoEquipmentBehindForeignAddresses() {
    assertThat(new SparkplugAddress("My Group", "node", java.util.Optional.empty()).equipment())
        .isEmpty();
    assertThat(new SparkplugAddress("acme:graz", "n", java.util.Optional.of("Dev ice")).equipment())
        .isEmpty();
  }

  @Test
  void writesAndReadsTagKeys() {
    TagKey key = TagKey.parse("acme/graz/body/line-1/press-01#spindle/temperature");
    assertThat(key.equipment()).isEqualTo(PRESS);
    assertThat(key.name()).isEqualTo(new TagName("spindle/temperature"));
    assertThat(TagKey.parse(key.toString())).isEqualTo(key);
    assertThatThrownBy(() -> TagKey.parse("acme/graz")).hasMessageContaining("'#' is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a/", "a#b", "a+b", "a\u0000b", "a\nb"})
  void refusesTagNamesThatWouldBreakTopicsOrKeys(String name) {
    assertThatThrownBy(() -> new TagName(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void identityOfEquipmentDependsOnTheFirstPathOnly() {
    assertThat(EquipmentId.firstSeenAt(PRESS)).isEqualTo(EquipmentId.firstSeenAt(PRESS));
    assertThat(EquipmentId.firstSeenAt(PRESS)).isNotEqualTo(EquipmentId.firstSeenAt(PRESS.line()));
  }

  @Test
  void rolesReadBackFromTheirText() {
    for (TagRole role : TagRole.values()) {
      assertThat(TagRole.of(role.toString())).contains(role);
    }
    assertThat(TagRole.GOOD_COUNT).hasToString("good-count");
    assertThat(TagRole.of("GOOD_COUNT")).isEmpty();
  }
}
