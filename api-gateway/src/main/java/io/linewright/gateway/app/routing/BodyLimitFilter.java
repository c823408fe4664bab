package io.linewright.gateway.app.routing;

import io.linewright.kit.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses request bodies above a size, also those that do not announce their length. */
final class BodyLimitFilter extends OncePerRequestFilter {

  private final long usual;
  private final long ofDocuments;
  private final long ofImports;
  private final ProblemWriter problems;

  /**
   * @param limits usual ones, and those of documents and imports, which pass through as they come
   */
  BodyLimitFilter(ForwardingSettings limits, ProblemWriter problems) {
    this.usual = limits.maxRequestSize().toBytes();
    this.ofDocuments = limits.maxDocumentSize().toBytes();
    this.ofImports = limits.maxImportSize().toBytes();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = limit(request.getMethod(), request.getRequestURI());
    if (request.getContentLengthLong() > limit) {
      problems.write(response, HttpStatus.CONTENT_TOO_LARGE, "content-too-large", message(limit));
    } else if (request.getContentLengthLong() < 0
        && request.getHeader("Transfer-Encoding") != null) {
      chain.doFilter(new Limited(request, limit), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private long limit(String method, String path) {
    if (Transfers.isUpload(method, path)) {
      return ofImports;
    }
    return Transfers.isDocument(method, path) ? ofDocuments : usual;
  }

  private static String message(long limit) {
    return "The request's body is larger than the " + limit + " bytes that this gateway accepts.";
  }

  private static final class Limited extends HttpServletRequestWrapper {

    private final long limit;

    private Limited(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limit);
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream in;
    private final long limit;
    private long read;

    private LimitedStream(ServletInputStream in, long limit) {
      this.in = in;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = in.read(buffer, offset, length);
      read += Math.max(0, count);
      if (read > limit) {
        throw new BodyTooLargeException(message(limit));
      }
      return count;
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}
