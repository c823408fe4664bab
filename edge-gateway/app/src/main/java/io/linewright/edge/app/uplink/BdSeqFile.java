package io.linewright.edge.app.uplink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The number of the next CONNECT, kept over restarts: a host tells the death of an earlier
 * connection from that of the present one by it. Beside the log, so that it survives its loss.
 */
final class BdSeqFile {

  private final Path file;

  BdSeqFile(Path directory) {
    this.file = directory.resolve("bdseq");
  }

  /** The number to begin with; 0 if none was kept or it cannot be read. */
  int next() {
    try {
      return Integer.parseInt(Files.readString(file).strip()) & 0xFF;
    } catch (IOException | NumberFormatException none) {
      return 0;
    }
  }

  /** Keeps the number that follows the one in use. */
  void used(int bdSeq) throws IOException {
    Path fresh = file.resolveSibling("bdseq.new");
    byte[] text = Integer.toString(bdSeq + 1 & 0xFF).getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap(text));
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
