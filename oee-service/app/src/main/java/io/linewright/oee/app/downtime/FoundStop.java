package io.linewright.oee.app.downtime;

import io.linewright.oee.app.read.Snapshot;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.downtime.Stop;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.reason.ReasonTree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stop, and whose it is.
 *
 * @param standing the machine where it stood when the stop began
 * @param product what the machine made then; null: not known
 */
record FoundStop(Standing standing, Stop stop, @Nullable String product) {

  StopKey key() {
    return new StopKey(standing.machine().id(), stop.id().beginMicros());
  }

  /** The reasons that it may have. */
  ReasonTree reasons(Snapshot snapshot) {
    return snapshot.rules(standing.path()).at(stop.id().beginMicros()).reasons();
  }

  /**
   * Its entity tag: another one as soon as it is another stop or something was said of it, but not
   * because time goes by.
   *
   * @param words about its time
   */
  String tag(List<StopWord> words) {
    StringBuilder text = new StringBuilder();
    text.append(key())
        .append('|')
        .append(stop.open() ? "open" : Long.toString(stop.span().toMicros()))
        .append('|')
        .append(stop.category())
        .append('|')
        .append(stop.reason())
        .append('|')
        .append(stop.comment());
    words.forEach(word -> text.append('|').append(word.said().version()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return "\"" + HexFormat.of().formatHex(hash, 0, 12) + "\"";
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
