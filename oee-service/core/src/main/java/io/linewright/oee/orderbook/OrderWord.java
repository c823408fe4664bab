package io.linewright.oee.orderbook;

import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.Verb;
import java.util.Comparator;

/**
 * What somebody says of an order: a row of a document, or a change by hand. Words are ordered by
 * when they were said, then by document and row; that is the order in which they hold.
 *
 * @param saidMicros when, microseconds since 1970-01-01T00:00:00Z
 * @param documentId the document, not empty
 * @param row its row, 1 or more
 * @param path of the row in the document
 * @param verb what is wanted
 * @param wish what the order is to be
 */
public record OrderWord(
    long saidMicros, String documentId, int row, String path, Verb verb, OrderWish wish)
    implements Comparable<OrderWord> {

  private static final Comparator<OrderWord> ORDER =
      Comparator.comparingLong(OrderWord::saidMicros)
          .thenComparing(OrderWord::documentId)
          .thenComparingInt(OrderWord::row);

  /**
   * @throws IllegalArgumentException if there is no document, or no row
   */
  public OrderWord {
    if (documentId.isEmpty() || row < 1) {
      throw new IllegalArgumentException("a word about an order is a row of a document");
    }
  }

  /** By when they were said; those of one instant, document and row are the same word. */
  @Override
  public int compareTo(OrderWord other) {
    return ORDER.compare(this, other);
  }
}
