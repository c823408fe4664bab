package io.linewright.ingest.app.answer;

import io.linewright.kit.problem.RefusedException;
import io.linewright.model.telemetry.SampleStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
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
  CSV(new MediaType("text", "csv"), "text/csv;charset=UTF-8;header=present"),
  /** {@link SampleStream}, for reading in bulk; for samples only. */
  BINARY(MediaType.parseMediaType(SampleStream.MEDIA_TYPE), SampleStream.MEDIA_TYPE);

  private static final List<AnswerForm> TEXTS = List.of(JSON, CSV);

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
    return of(TEXTS, Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
  }

  /** The same where {@link #BINARY} is offered, too. */
  public static AnswerForm ofSamples(HttpServletRequest request) {
    return of(List.of(values()), Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
  }

  static AnswerForm of(List<AnswerForm> offered, List<String> accept) {
    try {
      List<MediaType> wanted = MediaType.parseMediaTypes(accept);
      if (wanted.isEmpty()) {
        return JSON;
      }
      MimeTypeUtils.sortBySpecificity(wanted);
      return wanted.stream()
          .sorted((one, other) -> Double.compare(other.getQualityValue(), one.getQualityValue()))
          .filter(range -> range.getQualityValue() > 0)
          .flatMap(range -> offered.stream().filter(f -> range.includes(f.type)))
          .findFirst()
          .orElseThrow(() -> refused(offered, accept));
    } catch (InvalidMediaTypeException | InvalidMimeTypeException unreadable) {
      throw refused(offered, accept);
    }
  }

  /** Says in the answer what it is. */
  public void announce(HttpServletResponse response) {
    response.setContentType(contentType);
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
  }

  private static RefusedException refused(List<AnswerForm> offered, List<String> accept) {
    return new RefusedException(
        HttpStatus.NOT_ACCEPTABLE,
        "not-acceptable",
        "There is no answer of type '%s'; ask by Accept for %s"
            .formatted(
                String.join(", ", accept),
                offered.stream().map(f -> f.type.toString()).collect(Collectors.joining(" or "))));
  }
}
