package io.linewright.edge.opcua;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UaArithmeticTest {

  @ParameterizedTest
  @CsvSource({
    "116444736000000000, 0",
    "116444736000000019, 1",
    "116444735999999999, -1",
    "134083296001234567, 1763856000123456", // 2025-11-23T00:00:00.1234567Z
    "0, -11644473600000000",
  })
  void hundredNanosecondsAreCut(long uaTime, long micros) {
    assertThat(UaTimes.toMicros(uaTime)).isEqualTo(micros);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1000, 10",
    "1000, 100, 20",
    "1000, 1, 2000",
    "60000, 1, 10000",
    "100, 0, 10000"
  })
  void queueHoldsTwiceTheChangesOfAnInterval(long publishing, long sampling, int expected) {
    assertThat(
            QueueSizes.of(Duration.ofMillis(publishing), Optional.of(Duration.ofMillis(sampling))))
        .isEqualTo(expected);
  }

  @Test
  void queueOfAnUnknownPaceIsTheSmallest() {
    assertThat(QueueSizes.of(Duration.ofSeconds(1), Optional.empty())).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ns=1;s=mill-01/state",
        "ns=0;i=2258",
        "i=2258",
        "s=a b;c",
        "nsu=urn:plant:a;s=x",
        "ns=65535;g=09087e75-8e5e-499b-954f-f2a9603db28a",
        "ns=2;b=M/RbKBsRVkePCePcx24oRA==",
      })
  void nodeIds(String text) {
    assertThat(NodeIdSyntax.problem(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mill",
        "ns=1",
        "ns=65536;i=1",
        "ns=x;i=1",
        "nsu=;i=1",
        "ns=1;x=1",
        "ns=1;i=4294967296",
        "ns=1;i=-1",
        "ns=1;g=12",
        "ns=1;b=!",
        "ns=1;s=",
      })
  void noNodeIds(String text) {
    assertThat(NodeIdSyntax.problem(text)).isPresent();
  }
}
