package io.linewright.oee.orderbook;

import io.linewright.oee.order.ProductionOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that was said of an order, also what was refused: what an order is follows from these words
 * in the order in which they were said, and not from that in which they came.
 *
 * <p>At most {@value #MAX_WORDS} are kept. When there are more, the oldest becomes part of the
 * {@link #base}, and what was said before it is refused from then on.
 *
 * @param id number of the order, not empty
 * @param base the order before the first of the words; null: there was none
 * @param last the latest word that is part of the base; null: none is
 * @param words ascending, each once; copied
 */
public record OrderHistory(
    String id, @Nullable ProductionOrder base, @Nullable OrderWord last, List<OrderWord> words) {

  /** Most words that are kept. */
  public static final int MAX_WORDS = 200;

  /**
   * @throws IllegalArgumentException if the words do not ascend, or there are too many
   */
  public OrderHistory {
    words = List.copyOf(words);
    OrderWord before = last;
    for (OrderWord word : words) {
      if (before != null && before.compareTo(word) >= 0) {
        throw new IllegalArgumentException("the words about order " + id + " do not ascend");
      }
      before = word;
    }
    if (words.size() > MAX_WORDS) {
      throw new IllegalArgumentException(words.size() + " words about order " + id);
    }
  }

  /** Nothing was said of an order. */
  public static OrderHistory none(String id) {
    return new OrderHistory(id, null, null, List.of());
  }

  /** The order as it is now; null: there is none. */
  public @Nullable ProductionOrder order() {
    ProductionOrder order = base;
    for (OrderWord word : words) {
      order = OrderChange.of(id, order, word).order();
    }
    return order;
  }

  /** What each word made of the order. */
  public SortedMap<OrderWord, OrderChange> changes() {
    SortedMap<OrderWord, OrderChange> changes = new TreeMap<>();
    ProductionOrder order = base;
    for (OrderWord word : words) {
      OrderChange change = OrderChange.of(id, order, word);
      changes.put(word, change);
      order = change.order();
    }
    return changes;
  }

  /** Whether a word was said before what is part of the base, so that it is not taken any more. */
  public boolean isTooOld(OrderWord word) {
    return last != null && word.compareTo(last) < 0;
  }

  /**
   * With one more word; the same if it is there already.
   *
   * @throws IllegalArgumentException if it is too old
   */
  public OrderHistory with(OrderWord word) {
    if (isTooOld(word)) {
      throw new IllegalArgumentException(word + " is too old for order " + id);
    }
    TreeSet<OrderWord> all = new TreeSet<>(words);
    if (Objects.equals(word, last) || !all.add(word)) {
      return this;
    }
    if (all.size() <= MAX_WORDS) {
      return new OrderHistory(id, base, last, new ArrayList<>(all));
    }
    OrderWord oldest = all.removeFirst();
    return new OrderHistory(
        id, OrderChange.of(id, base, oldest).order(), oldest, new ArrayList<>(all));
  }
}
