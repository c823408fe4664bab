package io.linewright.model.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values are known to be lost. Loss is never silent: it is an event.
 *
 * @param equipment path of the device, or of the gateway if its devices cannot be told apart
 * @param from begin of the time in which values are missing
 * @param to end of that time
 * @param count how many values; null if that cannot be known
 * @param reason one sentence for people
 * @param tags names of the tags concerned, sorted, the first {@link #MAX_TAGS}; null if they cannot
 *     be known
 * @param tagCount how many tags are concerned, those beyond the first included; null if that cannot
 *     be known
 */
public record SamplesLost(
    String equipment,
    Instant from,
    Instant to,
    @Nullable Long count,
    String reason,
    @Nullable List<String> tags,
    @Nullable Integer tagCount) {

  /** Most tags that one loss names. */
  public static final int MAX_TAGS = 50;

  public SamplesLost {
    tags = tags == null ? null : List.copyOf(tags.subList(0, Math.min(MAX_TAGS, tags.size())));
  }

  /** A loss of which nobody knows the tags. */
  public SamplesLost(
      String equipment, Instant from, Instant to, @Nullable Long count, String reason) {
    this(equipment, from, to, count, reason, null, null);
  }
}
