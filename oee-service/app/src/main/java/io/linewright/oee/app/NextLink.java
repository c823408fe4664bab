package io.linewright.oee.app;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The header {@code Link: <…>; rel="next"} of a page that is not the last. */
public final class NextLink {

  private NextLink() {}

  /** Points to the same request with another cursor, by path and query only. */
  public static void add(HttpServletRequest request, HttpServletResponse response, String cursor) {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    String kept =
        Arrays.stream(query.split("&", -1))
            .filter(part -> !part.isEmpty() && !part.startsWith("cursor="))
            .map(part -> part + "&")
            .collect(Collectors.joining());
    response.addHeader(
        "Link",
        "<%s?%scursor=%s>; rel=\"next\""
            .formatted(
                request.getRequestURI(), kept, URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
  }
}
