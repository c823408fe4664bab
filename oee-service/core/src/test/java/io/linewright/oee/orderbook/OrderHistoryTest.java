package io.linewright.oee.orderbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.document.DocNode;
import io.linewright.oee.exchange.OrderRequest;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.ScheduleDocument;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import io.linewright.oee.exchange.Verb;
import io.linewright.oee.orderbook.OrderBook.Applied;
import io.linewright.oee.orderbook.RowResult.Outcome;
import io.linewright.oee.quantity.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderHistoryTest {

  private static final KnownNames NAMES = new KnownNames(Set.of(), Set.of());

  @Test
  void ofOneInstantTheDocumentAndThenTheRowDecides() {
    OrderHistory history =
        OrderHistory.none("PO-1")
            .with(word(10, "b", 1, 3))
            .with(word(10, "a", 9, 9))
            .with(word(10, "b", 2, 7));

    assertThat(history.words().stream().map(word -> word.documentId() + word.row()))
        .containsExactly("a9", "b1", "b2");
    assertThat(history.order()).isNotNull();
    assertThat(history.order().priority()).isEqualTo(7);
    assertThat(history.with(word(10, "a", 9, 9))).isSameAs(history);
  }

  @Test
  void whenThereAreManyWordsTheOldestBecomePartOfTheBase() {
    OrderHistory history = OrderHistory.none("PO-1");
    for (int i = 1; i <= 3 * OrderHistory.MAX_WORDS; i++) {
      history = history.with(word(i, "d" + i, 1, i));
      assertThat(history.order().priority()).isEqualTo(i);
      assertThat(history.words()).hasSizeLessThanOrEqualTo(OrderHistory.MAX_WORDS);
    }
    assertThat(history.base().priority()).isEqualTo(2 * OrderHistory.MAX_WORDS);
    OrderHistory full = history;
    OrderWord late = word(5, "late", 1, 5);

    assertThat(full.isTooOld(late)).isTrue();
    assertThatThrownBy(() -> full.with(late)).isInstanceOf(IllegalArgumentException.class);
    OrderWord last = full.last();
    assertThat(last).isNotNull();
    assertThat(full.with(last)).isSameAs(full);
  }

  @Test
  void whatIsTooOldIsRefusedAndWhatIsTheOldestOfTooManyIsTaken() {
    OrderHistory history = OrderHistory.none("PO-1");
    for (int i = 0; i < OrderHistory.MAX_WORDS; i++) {
      history = history.with(word(100 + i, "d" + i, 1, i));
    }
    Applied oldest = apply(history, 50);

    assertThat(oldest.report().rows().getFirst().outcome()).isEqualTo(Outcome.CREATED);
    OrderHistory after = oldest.histories().get("PO-1");
    assertThat(after.base()).isNotNull();
    assertThat(after.order()).isEqualTo(history.order());
    Applied tooOld = apply(after, 49);
    assertThat(tooOld.histories()).isEmpty();
    assertThat(tooOld.report().rows().getFirst().faults().getFirst().reason())
        .isEqualTo("document-too-old: order PO-1 was changed more than 200 times after it");
  }

  @Test
  void wordsThatDoNotAscendAreNoHistory() {
    OrderWord word = word(1, "a", 1, 1);

    assertThatThrownBy(() -> new OrderHistory("PO-1", null, null, List.of(word, word)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OrderHistory("PO-1", null, word, List.of(word)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Applied apply(OrderHistory history, long written) {
    OrderRequest row =
        new OrderRequest(
            1, "/Row", "S", "PO-1", wish(1), List.of(), DocNode.text("OperationsRequest", ""));
    ScheduleDocument document =
        new ScheduleDocument(
            "at-" + written, "hash", written, Verb.PROCESS, List.of("S"), List.of(row), List.of());
    return OrderBook.apply(new Reading.Understood(document), null, Map.of("PO-1", history), NAMES);
  }

  private static OrderWord word(long said, String document, int row, int priority) {
    return new OrderWord(said, document, row, "/Row", Verb.PROCESS, wish(priority));
  }

  private static OrderWish wish(int priority) {
    return new OrderWish("P-1", null, Quantity.of(1), null, null, null, null, null, priority, null);
  }
}
