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
    assertThat(of(List.of())).isEqualTo(AnswerForm.JSON);
    assertThat(of(List.of("*/*"))).isEqualTo(AnswerForm.JSON);
    assertThat(of(List.of("text/csv"))).isEqualTo(AnswerForm.CSV);
    assertThat(of(List.of("text/*"))).isEqualTo(AnswerForm.CSV);
    assertThat(of(List.of("application/json;q=0.5, text/csv"))).isEqualTo(AnswerForm.CSV);
    assertThat(of(List.of("text/html, application/xhtml+xml, */*;q=0.8")))
        .isEqualTo(AnswerForm.JSON);
    assertThat(of(List.of("image/png", "text/csv;q=0.1"))).isEqualTo(AnswerForm.CSV);
  }

  @Test
  void binaryIsForThoseWhoNameItWhereItIsOffered() {
    List<AnswerForm> all = List.of(AnswerForm.values());
    String binary = "application/vnd.linewright.samples+protobuf";
    assertThat(AnswerForm.of(all, List.of(binary))).isEqualTo(AnswerForm.BINARY);
    assertThat(AnswerForm.of(all, List.of("*/*"))).isEqualTo(AnswerForm.JSON);
    assertThat(AnswerForm.of(all, List.of("application/*"))).isEqualTo(AnswerForm.JSON);
    assertThatThrownBy(() -> of(List.of(binary))).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> AnswerForm.of(all, List.of("image/png")))
        .hasMessageContaining("text/csv or " + binary);
  }

  private static AnswerForm of(List<String> accept) {
    return AnswerForm.of(List.of(AnswerForm.JSON, AnswerForm.CSV), accept);
  }

  @Test
  void otherFormsAreRefusedWithTheList() {
    for (String accept : List.of("image/png", "text/csv;q=0", "nonsense", "a/b;q=7")) {
      assertThatThrownBy(() -> of(List.of(accept)))
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
