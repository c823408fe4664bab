package io.linewright.oee.masterdata;

import io.linewright.oee.masterdata.form.MasterKind;
import io.linewright.oee.masterdata.form.Node;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that was said of the plant.
 *
 * @param kind what it is about
 * @param key what it is known by among those of its kind
 * @param validFrom the plant day with which it begins to hold, until an item of the same kind, key
 *     and a later day; {@link #EVER} if it always did. Of one day the item that was said last holds
 * @param content what is said, in canonical form; null: all that was said before of that kind and
 *     key is taken back
 */
public record MasterItem(
    MasterKind kind, String key, LocalDate validFrom, Node.@Nullable Fields content) {

  /** From the first day that there can be events of. */
  public static final LocalDate EVER = LocalDate.of(1, 1, 1);

  /** Most characters of a key. */
  public static final int LONGEST_KEY = 700;

  /**
   * @throws IllegalArgumentException if there is no key, it is too long, or what is not dated or
   *     taken back does not hold for ever
   */
  public MasterItem {
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "the key of an item has 1 to %d characters, not %d".formatted(LONGEST_KEY, key.length()));
    }
    if (!validFrom.equals(EVER) && (content == null || !kind.dated())) {
      throw new IllegalArgumentException(
          "%s/%s cannot begin on %s".formatted(kind.section(), key, validFrom));
    }
  }

  /** What takes an item back, with all its days. */
  public static MasterItem removal(MasterKind kind, String key) {
    return new MasterItem(kind, key, EVER, null);
  }
}
