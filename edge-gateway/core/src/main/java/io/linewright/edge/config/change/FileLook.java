package io.linewright.edge.config.change;

import io.linewright.edge.fold.Step;
import java.util.List;

/**
 * What was seen of a file that is looked at now and then. A content is judged when two looks in a
 * row find it, so that a file that is being written is left alone.
 *
 * @param inForce hash of the content in force
 * @param judged hash of the content that was judged last; it is not judged again
 * @param seen hash of the last look
 */
public record FileLook(String inForce, String judged, String seen) {

  /** What is to be done with the content of the last look. */
  public enum Verdict {
    /** It is new: read it. */
    READ,
    /** It is the content in force again, after another one was refused. */
    RESTORED
  }

  /** Nothing but the content in force was ever seen. */
  public static FileLook start(String inForce) {
    return new FileLook(inForce, inForce, inForce);
  }

  /** After a look; at most one verdict, which counts as carried out. */
  public Step<FileLook, Verdict> look(String hash) {
    if (!hash.equals(seen) || hash.equals(judged)) {
      return new Step<>(new FileLook(inForce, judged, hash), List.of());
    }
    Verdict verdict = hash.equals(inForce) ? Verdict.RESTORED : Verdict.READ;
    return new Step<>(new FileLook(inForce, hash, hash), List.of(verdict));
  }

  /** The content that was judged last is to be judged again. */
  public FileLook postponed() {
    return new FileLook(inForce, "", seen);
  }

  /** The content that was judged last is in force. */
  public FileLook taken() {
    return new FileLook(judged, judged, seen);
  }
}
