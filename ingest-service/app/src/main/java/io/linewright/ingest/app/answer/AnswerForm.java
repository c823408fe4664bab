package io.linewright.ingest.app.answer;

import io.linewright.kit.problem.RefusedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;

/** The form of an answer, as the request's header {@code Accept} prefers it. */
public enum AnswerForm {
  JSON(MediaType.APPLICATION_JSON, "application/json"),
  /** RFC 4180 with a header line, UTF-8. */
  CSV(new MediaType("text", "csv"), "text/csv;charset=UTF-8;header=present");

  private final MediaType type;
  private final String contentType;

  AnswerForm(MediaType type, String contentType) {
    this.type = type;
    this.contentType = contentType;
  }

  /**
   * The form to answer in; JSON if the request does not say.
   *
   * @throws RefusedException not acceptable, if it wants none of these
   */
  public static AnswerForm of(HttpServletRequest request) {
    return of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
  }

  static AnswerForm of(List<String> accept) {
    try {
      List<MediaType> wanted = MediaType.parseMediaTypes(accept);
      if (wanted.isEmpty()) {
        return JSON;
      }
      MimeTypeUtils.sortBySpecificity(wanted);
      return wanted.stream()
          .sorted((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()))
          .filter(range -> range.getQualityValue() > 0)
          .flatMap(range -> List.of(values()).stream().filter(f -> range.includes(f.type)))
          .findFirst()
          .orElseThrow(() -> refused(String.join(", ", accept)));
    } catch (InvalidMediaTypeException | InvalidMimeTypeException unreadable) {
      throw refused(String.join(", ", accept));
    }
  }

  /** Says in the answer what it is. */
  public void announce(HttpServletResponse response) {
    response.setContentType(contentType);
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  private static RefusedException refused(String accept) {
    return new RefusedException(
        HttpStatus.NOT_ACCEPTABLE,
        "not-acceptable",
        "There is no answer of type '%s'; ask by Accept for application/json or text/csv"
            .formatted(accept));
  }
}
