package io.linewright.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableValueTest {

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\0RUN", "RUN\0\0\0", "Gr\u00f6\u00dfe\0"})
  void textsWithTheCharacterZeroCannotBeStored(String text) {
    assertThat(StorableValue.is(SampleValue.of(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "RUN", "\u0001\u001f\u007f", "\ud83d\ude00", "\uffff"})
  void allOtherTextsCan(String text) {
    assertThat(StorableValue.is(SampleValue.of(text))).isTrue();
  }

  @Test
  void soCanWhatIsNoText() {
    assertThat(StorableValue.is(null)).isTrue();
    assertThat(StorableValue.is(SampleValue.of(0.0))).isTrue();
    assertThat(StorableValue.is(new BytesValue(new byte[] {0}))).isTrue();
  }
}
