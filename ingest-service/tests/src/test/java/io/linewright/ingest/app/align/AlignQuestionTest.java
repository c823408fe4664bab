package io.linewright.ingest.app.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignQuestionTest {

  @Test
  void aGridBeginsWithTheRangeAndEndsBeforeItsEnd() {
    AlignQuestion question = question("step", "PT25S");

    assertThat(question.union()).isFalse();
    assertThat(question.fill().fill()).isEqualTo(Fill.INTERPOLATED);
    assertThat(question.instants()).toIterable().containsExactly(0L, 25_000_000L, 50_000_000L);
  }

  @Test
  void theUnionHasALimit() {
    assertThat(question("axis", "union").limit()).isEqualTo(1_000);
    assertThat(question("axis", "union", "limit", "5", "fill", "last-known").fill().fill())
        .isEqualTo(Fill.LAST_KNOWN);
    refused("1 to 100000", "axis", "union", "limit", "100001");
  }

  @Test
  void whatIsNoNumberIsAlwaysStepped() {
    FillQuestion sloped = question("step", "PT1S", "stepped", "false").fill();
    assertThat(sloped.configuration(tag(DataType.BOOLEAN)).stepped()).isTrue();
    assertThat(sloped.configuration(tag(DataType.STRING)).stepped()).isTrue();
    assertThat(sloped.configuration(tag(DataType.DOUBLE)).stepped()).isFalse();
  }

  private static Tag tag(DataType type) {
    return new Tag(
        1,
        "acme/graz/mill-01",
        "t",
        type,
        "1",
        TagRole.MACHINE_STATE,
        null,
        null,
        null,
        "site",
        null,
        true,
        List.of());
  }

  @Test
  void whatIsWrongIsNamed() {
    refused("either step=PT10S or axis=union");
    refused("either step=PT10S or axis=union", "step", "PT1S", "axis", "union");
    refused("either step=PT10S or axis=union", "axis", "time");
    refused("step must be", "step", "10");
    refused("at most 100000 values", "step", "PT0.000001S");
    refused("limit belongs to axis=union", "step", "PT1S", "limit", "5");
    refused("interpolated or simple or last-known", "step", "PT1S", "fill", "LAST_KNOWN");
    Map<String, String[]> many = parameters("step", "PT1S");
    many.put("tag", IntStream.range(0, 51).mapToObj(i -> "a/b#t" + i).toArray(String[]::new));
    assertThatThrownBy(() -> AlignQuestion.of(new Parameters(many)))
        .hasMessageContaining("51 tags are named, at most 50");
  }

  private static void refused(String because, String... namesAndValues) {
    assertThatThrownBy(() -> question(namesAndValues))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(because);
  }

  private static AlignQuestion question(String... namesAndValues) {
    return AlignQuestion.of(new Parameters(parameters(namesAndValues)));
  }

  private static Map<String, String[]> parameters(String... namesAndValues) {
    Map<String, String[]> parameters = new HashMap<>();
    parameters.put("tag", new String[] {"acme/graz/mill-01#t"});
    parameters.put("from", new String[] {"1970-01-01T00:00:00Z"});
    parameters.put("to", new String[] {"1970-01-01T00:01:00Z"});
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], new String[] {namesAndValues[i + 1]});
    }
    return parameters;
  }
}
