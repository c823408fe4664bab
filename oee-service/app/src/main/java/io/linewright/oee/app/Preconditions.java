package io.linewright.oee.app;

import io.linewright.kit.problem.RefusedException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The header {@code If-Match}: what somebody changes must be what they know. */
public final class Preconditions {

  private Preconditions() {}

  /**
   * Something is there and is to be changed.
   *
   * @param what it is, for people, as {@code The stop 17.abc}
   * @param ifMatch the header; null: it was not sent
   * @param tag its entity tag, with quotes
   * @throws RefusedException {@code precondition-required} or {@code precondition-failed}
   */
  public static void require(String what, @Nullable String ifMatch, String tag) {
    if (ifMatch == null) {
      throw new RefusedException(
          HttpStatus.PRECONDITION_REQUIRED,
          "precondition-required",
          "If-Match is missing: read %s and send the ETag of the answer".formatted(what));
    }
    if (Arrays.stream(ifMatch.split(",", -1))
        .map(String::strip)
        .noneMatch(one -> one.equals("*") || one.equals(tag))) {
      throw new RefusedException(
          HttpStatus.PRECONDITION_FAILED,
          "precondition-failed",
          "%s is another by now; read it again and decide anew".formatted(what));
    }
  }
}
