package io.linewright.edge.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.SampleValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangedValuesTest {

  @Test
  void onlyChangesAreTold() {
    ChangedValues changed = new ChangedValues(10);

    assertThat(changed.of(values(3, 1))).hasSize(3);
    assertThat(changed.of(values(3, 1))).isEmpty();
    Map<TagName, SampleValue> next = values(3, 1);
    next.put(name(1), SampleValue.of(9L));
    assertThat(changed.of(next)).containsExactly(Map.entry(name(1), SampleValue.of(9L)));
  }

  @Test
  void aRoundIsBoundedAndEveryTagHasItsTurn() {
    ChangedValues changed = new ChangedValues(4);
    Set<TagName> told = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      Map<TagName, SampleValue> now = changed.of(values(10, round));
      assertThat(now).hasSizeLessThanOrEqualTo(4);
      told.addAll(now.keySet());
    }

    assertThat(told).hasSize(10);
  }

  @Test
  void whatWasLeftOverComesNextWithItsPresentValue() {
    ChangedValues changed = new ChangedValues(2);
    changed.of(values(3, 1));

    assertThat(changed.of(values(3, 1))).containsExactly(Map.entry(name(2), SampleValue.of(1L)));
    assertThat(changed.of(values(3, 1))).isEmpty();
  }

  @Test
  void aTagThatWasAwayIsToldAgain() {
    ChangedValues changed = new ChangedValues(10);
    changed.of(values(2, 1));
    changed.of(values(1, 1));

    assertThat(changed.of(values(2, 1))).containsOnlyKeys(name(1));
  }

  @Test
  void aRoundOfNothingIsRefused() {
    assertThatThrownBy(() -> new ChangedValues(0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<TagName, SampleValue> values(int count, long value) {
    Map<TagName, SampleValue> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(name(i), SampleValue.of(value));
    }
    return values;
  }

  private static TagName name(int number) {
    return new TagName("t" + number);
  }
}
