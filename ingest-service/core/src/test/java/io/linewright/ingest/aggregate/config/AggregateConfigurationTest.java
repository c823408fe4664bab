package io.linewright.ingest.aggregate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.sample.DataType;
import io.linewright.model.sample.Severity;
import io.linewright.model.sample.StatusCode;
import org.junit.jupiter.api.Test;

class AggregateConfigurationTest {

  @Test
  void hasTheDefaultsOfTheStandard() {
    assertThat(AggregateConfiguration.DEFAULT)
        .isEqualTo(new AggregateConfiguration(true, 100, 100, false, false, 1));
  }

  @Test
  void refusesWhatThePercentagesCannotDecide() {
    assertThatThrownBy(() -> new AggregateConfiguration(true, 80, 0, false, false, 1))
        .hasMessage("percentDataGood must be at least 100 - percentDataBad = 20, not 0");
    assertThatThrownBy(() -> new AggregateConfiguration(true, 101, 100, false, false, 1))
        .hasMessage("percentDataBad must be 0 to 100, not 101");
    assertThatThrownBy(() -> new AggregateConfiguration(true, 100, -1, false, false, 1))
        .hasMessage("percentDataGood must be 0 to 100, not -1");
    assertThatThrownBy(() -> new AggregateConfiguration(true, 100, 100, false, false, 0))
        .hasMessage("resolutionMicros must be at least 1, not 0");
  }

  @Test
  void decidesWhatUncertainIs() {
    var strict = AggregateConfiguration.DEFAULT;
    var lenient = strict.withTreatUncertainAsBad(false);

    assertThat(strict.countsAsBad(Severity.UNCERTAIN)).isTrue();
    assertThat(lenient.countsAsBad(Severity.UNCERTAIN)).isFalse();
    assertThat(lenient.countsAsBad(Severity.BAD)).isTrue();
    assertThat(strict.countsAsBad(Severity.GOOD)).isFalse();
  }

  @Test
  void infoBitsTakeThePlaceOfOldOnes() {
    StatusCode limited = new StatusCode(0x40900000 | 0x400 | 0x100 | AggregateStatus.PARTIAL);
    StatusCode with = AggregateStatus.with(limited, AggregateStatus.CALCULATED);

    assertThat(with).isEqualTo(new StatusCode(0x40900501));
    assertThat(AggregateStatus.code(with)).isEqualTo(StatusCode.UNCERTAIN_LAST_USABLE_VALUE);
    assertThat(AggregateStatus.info(with)).isEqualTo(AggregateStatus.CALCULATED);
  }

  @Test
  void aggregatesAreFoundByTheNamesOfTheStandard() {
    for (Aggregate aggregate : Aggregate.values()) {
      assertThat(Aggregate.named(aggregate.browseName())).contains(aggregate);
    }
    assertThat(Aggregate.named("TimeAverage2")).contains(Aggregate.TIME_AVERAGE2);
    assertThat(Aggregate.named("timeaverage2")).isEmpty();
  }

  @Test
  void textsHaveNoAverage() {
    assertThat(Aggregate.AVERAGE.accepts(DataType.STRING)).isFalse();
    assertThat(Aggregate.AVERAGE.accepts(DataType.BOOLEAN)).isTrue();
    assertThat(Aggregate.NUMBER_OF_TRANSITIONS.accepts(DataType.STRING)).isTrue();
    assertThat(Aggregate.WORST_QUALITY.accepts(DataType.BYTES)).isTrue();
  }
}
