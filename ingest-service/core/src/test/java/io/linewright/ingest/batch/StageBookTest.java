package io.linewright.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue;
import io.linewright.model.sample.StatusCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageBookTest {

  @Test
  void whatTheTableDidNotTakeAndDoesNotContradictIsARepeat() {
    BatchPlan plan = new BatchPlan(List.of(row(1), row(2), row(3), row(4)), 2, List.of(row(5)));

    StageBook book = StageBook.of(plan, 3, 2, 1);

    assertThat(book).isEqualTo(new StageBook(10, 2, 5, 3));
  }

  @Test
  void booksThatDoNotBalanceAreRefused() {
    assertThatThrownBy(() -> new StageBook(2, 1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("balance");
    assertThatThrownBy(() -> StageBook.of(new BatchPlan(List.of(), 0, List.of()), 0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SampleRow row(long micros) {
    return new SampleRow(1, new Sample(SampleValue.of(true), StatusCode.GOOD, micros, 0), 0, 0);
  }
}
