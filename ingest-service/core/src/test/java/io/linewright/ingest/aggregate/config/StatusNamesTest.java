package io.linewright.ingest.aggregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.StatusCode;
import org.junit.jupiter.api.Test;

class StatusNamesTest {

  @Test
  void codesHaveNamesWhateverTheirInfoBits() {
    assertThat(StatusNames.of(StatusCode.GOOD)).isEqualTo("Good");
    assertThat(StatusNames.of(AggregateStatus.with(AggregateStatus.BAD_NO_DATA, 5)))
        .isEqualTo("BadNoData");
    assertThat(StatusNames.of(StatusCode.of(0x80FE0000))).isEqualTo("Bad (0x80FE0000)");
    assertThat(StatusNames.of(StatusCode.of(0x4FFF0400))).isEqualTo("Uncertain (0x4FFF0000)");
  }

  @Test
  void namesHaveTheirCodesBack() {
    assertThat(StatusNames.named("UncertainDataSubNormal"))
        .contains(AggregateStatus.UNCERTAIN_DATA_SUB_NORMAL);
    assertThat(StatusNames.named("Good")).contains(StatusCode.GOOD);
    assertThat(StatusNames.named("Bad_NoData")).isEmpty();
    assertThat(StatusNames.named("")).isEmpty();
  }

  @Test
  void infoBitsAreWords() {
    assertThat(StatusNames.info(StatusCode.GOOD)).containsExactly("Raw");
    assertThat(
            StatusNames.info(
                AggregateStatus.with(
                    StatusCode.GOOD,
                    AggregateStatus.CALCULATED
                        | AggregateStatus.PARTIAL
                        | AggregateStatus.MULTIPLE_VALUES)))
        .containsExactly("Calculated", "Partial", "MultipleValues");
    assertThat(
            StatusNames.info(
                AggregateStatus.with(
                    StatusCode.GOOD, AggregateStatus.INTERPOLATED | AggregateStatus.EXTRA_DATA)))
        .containsExactly("Interpolated", "ExtraData");
  }

  @Test
  void measuredNumbersSlopeAndEverythingElseHolds() {
    assertThat(Stepping.byDefault(DataType.DOUBLE, TagRole.PROCESS_VALUE)).isFalse();
    assertThat(Stepping.byDefault(DataType.INTEGER, TagRole.ENERGY)).isFalse();
    assertThat(Stepping.byDefault(DataType.INTEGER, TagRole.GOOD_COUNT)).isTrue();
    assertThat(Stepping.byDefault(DataType.DOUBLE, TagRole.MACHINE_STATE)).isTrue();
    assertThat(Stepping.byDefault(DataType.BOOLEAN, TagRole.PROCESS_VALUE)).isTrue();
    assertThat(Stepping.byDefault(DataType.STRING, TagRole.PROCESS_VALUE)).isTrue();
  }
}
