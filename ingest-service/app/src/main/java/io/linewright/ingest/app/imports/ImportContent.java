package io.linewright.ingest.app.imports;

import io.linewright.model.csv.FileFaultException;
import io.linewright.model.csv.FileFaultException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, unpacked as they come; tells a broken connection from a broken file. */
final class ImportContent extends InputStream {

  private static final int BUFFER = 8 * 1024;

  /**
   * Most packed bytes that may give nothing. Java unpacks a member of a packed file inside of the
   * empty one before it, thousands of which would take all of the stack.
   */
  private static final int MOST_EMPTY = 16 * 1024;

  /** Is asked before each piece, also where many of them give nothing. */
  @FunctionalInterface
  interface Watch {
    /**
     * Whether to go on.
     *
     * @param received bytes so far, as they are sent
     * @throws IOException if not
     */
    void received(long received) throws IOException;
  }

  private final Connection connection;
  private final boolean gzip;
  private Watch watch = received -> {};
  private @Nullable InputStream content;

  ImportContent(InputStream body, boolean gzip) {
    this.connection = new Connection(body);
    this.gzip = gzip;
  }

  void watch(Watch by) {
    watch = by;
  }

  /**
   * @throws FileFaultException if the packed bytes are damaged or end too early
   * @throws IOException if the connection breaks, or the watch says so
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    watch.received(connection.received);
    connection.giving = connection.received;
    try {
      InputStream open = content;
      if (open == null) {
        open = gzip ? new GZIPInputStream(connection, BUFFER) : connection;
        content = open;
      }
      int read = open.read(bytes, offset, length);
      IOException failure = connection.failure;
      if (read < 0 && failure != null) {
        // Behind a whole member of a packed file it is taken for the end
        throw failure;
      }
      return read;
    } catch (IOException failed) {
      if (connection.failure != null) {
        throw failed;
      }
      throw damaged("the gzip data are damaged or cut off (%s)".formatted(failed.getMessage()));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  private static FileFaultException damaged(String reason) {
    return new FileFaultException(Kind.UNREADABLE, 0, reason);
  }

  private final class Connection extends FilterInputStream {

    private long received;
    private long giving;
    private @Nullable IOException failure;

    Connection(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        watch.received(received);
        if (received - giving > MOST_EMPTY) {
          throw damaged("the gzip data have %d bytes without content".formatted(MOST_EMPTY));
        }
        int read = super.read(bytes, offset, length);
        received += Math.max(0, read);
        return read;
      } catch (IOException failed) {
        failure = failed;
        throw failed;
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Never 0: a packed file may have several members, which are looked for only then. */
    @Override
    public int available() {
      return 1;
    }
  }
}
