package io.linewright.edge.host;

import io.linewright.edge.host.SessionState.Session;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Messages that came before the birth of their node. */
final class Early {

  /** One more; beyond {@link Session#MAX_HELD} nothing is kept. */
  static List<Frame> with(List<Frame> early, Frame frame) {
    return early.size() < Session.MAX_HELD
        ? Stream.concat(early.stream(), Stream.of(frame)).toList()
        : early;
  }

  /** Those that were sent after the birth and came after the given time; the others are old. */
  static List<Frame> after(List<Frame> early, Frame birth, Instant notBefore) {
    return early.stream()
        .filter(one -> one.payload().timestampMillis().isPresent())
        .filter(one -> one.millis() >= birth.millis())
        .filter(one -> !one.receivedAt().isBefore(notBefore))
        .toList();
  }

  private Early() {}
}
