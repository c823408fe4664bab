package io.linewright.ingest.app.imports;

import io.linewright.ingest.csv.FileFaultException;
import io.linewright.ingest.csv.FileFaultException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, unpacked as they come; tells a broken connection from a broken file. */
final class ImportContent extends InputStream {

  private static final int BUFFER = 64 * 1024;

  private final Connection connection;
  private final boolean gzip;
  private @Nullable InputStream content;

  ImportContent(InputStream body, boolean gzip) {
    this.connection = new Connection(body);
    this.gzip = gzip;
  }

  /**
   * @throws FileFaultException if the packed bytes are damaged or end too early
   * @throws IOException if the connection breaks
   */
  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      InputStream open = content;
      if (open == null) {
        open = gzip ? new GZIPInputStream(connection, BUFFER) : connection;
        content = open;
      }
      return open.read(bytes, offset, length);
    } catch (IOException failed) {
      if (connection.broken) {
        throw failed;
      }
      throw new FileFaultException(
          Kind.UNREADABLE,
          0,
          "the gzip data are damaged or cut off (%s)".formatted(failed.getMessage()));
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  private static final class Connection extends FilterInputStream {

    private boolean broken;

    Connection(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException failed) {
        broken = true;
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
