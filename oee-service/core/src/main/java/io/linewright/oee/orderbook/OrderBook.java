package io.linewright.oee.orderbook;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.document.DocFault;
import io.linewright.oee.exchange.OrderRequest;
import io.linewright.oee.exchange.OrderRequest.Place;
import io.linewright.oee.exchange.OrderWish;
import io.linewright.oee.exchange.ScheduleDocument;
import io.linewright.oee.exchange.ScheduleDocument.FaultyRow;
import io.linewright.oee.exchange.ScheduleDocument.Reading;
import io.linewright.oee.orderbook.RowResult.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Applies documents to orders. In whatever order documents come, the orders end up the same: those
 * of a document that was written later hold. A document that comes again changes nothing and is
 * told the same; another one with its id is refused, so that of those two the first that came
 * holds.
 */
public final class OrderBook {

  private OrderBook() {}

  /**
   * What follows from a document.
   *
   * @param histories those that are another than before, by number of the order; to be stored
   * @param report what its sender is told
   * @param revised rows of other documents that now have another outcome, since this one was
   *     written before them and came later
   */
  public record Applied(
      Map<String, OrderHistory> histories, DocumentReport report, List<Revised> revised) {

    public Applied {
      histories = Map.copyOf(histories);
      revised = List.copyOf(revised);
    }
  }

  /**
   * A row that now has another outcome than was told.
   *
   * @param documentId of its document
   * @param result what became of it
   */
  public record Revised(String documentId, RowResult result) {}

  /**
   * Applies a document.
   *
   * @param reading what was understood of it
   * @param earlier what was told of the document with the same id; null: none was there
   * @param histories of its orders, by number; those of which nothing was said may be missing
   * @param names what the plant knows
   */
  public static Applied apply(
      Reading reading,
      @Nullable DocumentReport earlier,
      Map<String, OrderHistory> histories,
      KnownNames names) {
    return switch (reading) {
      case Reading.Refused refused when earlier == null ->
          told(DocumentReport.refused(refused.documentId(), refused.hash(), refused.faults()));
      case Reading.Refused refused -> told(again(refused.documentId(), refused.hash(), earlier));
      case Reading.Understood(ScheduleDocument document) when earlier == null ->
          apply(document, histories, names);
      case Reading.Understood(ScheduleDocument document) ->
          told(again(document.documentId(), document.hash(), earlier));
    };
  }

  private static Applied told(DocumentReport report) {
    return new Applied(Map.of(), report, List.of());
  }

  private static DocumentReport again(
      String documentId, String hash, @Nullable DocumentReport earlier) {
    if (earlier == null || !earlier.documentId().equals(documentId)) {
      throw new IllegalArgumentException("the earlier report is of another document");
    }
    return earlier.hash().equals(hash)
        ? earlier
        : DocumentReport.refused(
            documentId,
            hash,
            List.of(
                new DocFault(
                    "/",
                    "document-id-reused: a document %s was here that says something else; send this"
                            .formatted(DocFault.quote(documentId))
                        + " one with an id of its own")));
  }

  private static Applied apply(
      ScheduleDocument document, Map<String, OrderHistory> histories, KnownNames names) {
    Map<String, OrderHistory> changed = new LinkedHashMap<>();
    List<RowResult> rows = new ArrayList<>();
    List<Revised> revised = new ArrayList<>();
    for (FaultyRow row : document.faulty()) {
      rows.add(
          new RowResult(row.row(), row.path(), row.id(), Outcome.REFUSED, row.faults(), List.of()));
    }
    for (OrderRequest request : document.orders()) {
      OrderHistory before =
          changed.getOrDefault(
              request.id(), histories.getOrDefault(request.id(), OrderHistory.none(request.id())));
      Row row = row(document, request, before, names);
      rows.add(row.result());
      if (!row.after().equals(before)) {
        changed.put(request.id(), row.after());
        revised.addAll(revised(before, row.after()));
      }
    }
    rows.sort(Comparator.comparingInt(RowResult::row));
    return new Applied(
        changed, DocumentReport.of(document.documentId(), document.hash(), rows), revised);
  }

  /** What a row makes of its order. */
  private record Row(OrderHistory after, RowResult result) {}

  private static Row row(
      ScheduleDocument document, OrderRequest request, OrderHistory before, KnownNames names) {
    List<DocFault> faults = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    EquipmentPath at = place(request.equipment(), names, faults);
    if (!faults.isEmpty()) {
      return new Row(before, refused(request, faults));
    }
    OrderWish wish = request.wish().at(at);
    OrderWord word =
        new OrderWord(
            document.createdMicros(),
            document.documentId(),
            request.row(),
            request.path(),
            document.verb(),
            wish);
    if (before.isTooOld(word)) {
      return new Row(
          before,
          refused(
              request,
              List.of(
                  new DocFault(
                      request.path(),
                      "document-too-old: order %s was changed more than %d times after it"
                          .formatted(request.id(), OrderHistory.MAX_WORDS)))));
    }
    OrderHistory after = before.with(word);
    OrderChange change = after.changes().get(word);
    if (change == null) {
      // It was the oldest of too many, and is part of the base now.
      change = OrderChange.of(request.id(), before.base(), word);
    }
    if (change.outcome() != Outcome.REFUSED) {
      remark(change, names, remarks);
    }
    return new Row(after, result(request.id(), word, change, remarks));
  }

  private static void remark(OrderChange change, KnownNames names, List<String> remarks) {
    if (change.order() != null && !names.products().contains(change.order().product())) {
      remarks.add(
          "product %s is not known here yet: figures will lack its ideal cycle"
              .formatted(DocFault.quote(change.order().product())));
    }
  }

  private static RowResult refused(OrderRequest request, List<DocFault> faults) {
    return new RowResult(
        request.row(), request.path(), request.id(), Outcome.REFUSED, faults, List.of());
  }

  private static RowResult result(
      String id, OrderWord word, OrderChange change, List<String> remarks) {
    return new RowResult(
        word.row(),
        word.path(),
        id,
        change.outcome(),
        change.outcome() == Outcome.REFUSED
            ? List.of(new DocFault(word.path(), change.refusal()))
            : List.of(),
        remarks);
  }

  /** Words that had another outcome, or another reason to be refused, before. */
  private static List<Revised> revised(OrderHistory before, OrderHistory after) {
    SortedMap<OrderWord, OrderChange> were = before.changes();
    List<Revised> revised = new ArrayList<>();
    after
        .changes()
        .forEach(
            (word, change) -> {
              OrderChange was = were.get(word);
              if (was != null
                  && (was.outcome() != change.outcome()
                      || !was.refusal().equals(change.refusal()))) {
                revised.add(
                    new Revised(word.documentId(), result(after.id(), word, change, List.of())));
              }
            });
    return revised;
  }

  /** What all places of an order have in common; null if none are named. */
  private static @Nullable EquipmentPath place(
      List<Place> places, KnownNames names, List<DocFault> faults) {
    EquipmentPath common = null;
    for (Place place : places) {
      List<EquipmentPath> named = names.named(place.name());
      if (named.size() != 1) {
        faults.add(new DocFault(place.path(), unclear(place.name(), named)));
        return null;
      }
      common = common == null ? named.getFirst() : common(common, named.getFirst());
      if (common == null) {
        faults.add(
            new DocFault(
                place.path(), "it has nothing in common with where else the order is made"));
        return null;
      }
    }
    return common;
  }

  private static String unclear(String name, List<EquipmentPath> named) {
    return named.isEmpty()
        ? "there is no equipment %s: write its path, or the last parts of it, as the equipment tree shows them"
            .formatted(DocFault.quote(name))
        : "%s may be %s or %s: write more of its path"
            .formatted(DocFault.quote(name), named.get(0), named.get(1));
  }

  private static @Nullable EquipmentPath common(EquipmentPath one, EquipmentPath other) {
    EquipmentPath above = one;
    while (!above.contains(other)) {
      if (above.parent().isEmpty()) {
        return null;
      }
      above = above.parent().orElseThrow();
    }
    return above;
  }
}
