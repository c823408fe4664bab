package io.linewright.ingest.app.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.kit.problem.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFormTest {

  @Test
  void theFormIsWhatIsPreferred() {
    assertThat(AnswerForm.of(List.of())).isEqualTo(AnswerForm.JSON);
    assertThat(AnswerForm.of(List.of("*/*"))).isEqualTo(AnswerForm.JSON);
    assertThat(AnswerForm.of(List.of("text/csv"))).isEqualTo(AnswerForm.CSV);
    assertThat(AnswerForm.of(List.of("text/*"))).isEqualTo(AnswerForm.CSV);
    assertThat(AnswerForm.of(List.of("application/json;q=0.5, text/csv")))
        .isEqualTo(AnswerForm.CSV);
    assertThat(AnswerForm.of(List.of("text/html, application/xhtml+xml, */*;q=0.8")))
        .isEqualTo(AnswerForm.JSON);
    assertThat(AnswerForm.of(List.of("image/png", "text/csv;q=0.1"))).isEqualTo(AnswerForm.CSV);
  }

  @Test
  void otherFormsAreRefusedWithTheList() {
    for (String accept : List.of("image/png", "text/csv;q=0", "nonsense", "a/b;q=7")) {
      assertThatThrownBy(() -> AnswerForm.of(List.of(accept)))
          .as(accept)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining(accept)
          .hasMessageContaining("application/json or text/csv");
    }
  }

  @Test
  void csvQuotesWhatNeedsIt() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Csv csv = new Csv(bytes);
    csv.line("a", "b,c", "say \"x\"", "two\nlines", "", "ü=1");
    csv.field("x").field(null).field(-7).end();
    csv.flush();

    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("a,\"b,c\",\"say \"\"x\"\"\",\"two\nlines\",\"\",ü=1\r\nx,,-7\r\n");
  }
}
