package io.linewright.oee.app.order;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.Times;
import io.linewright.oee.app.read.Asked;
import io.linewright.oee.app.read.OeeReader;
import io.linewright.oee.app.read.Questions;
import io.linewright.oee.app.read.Standing;
import io.linewright.oee.app.word.Orders;
import io.linewright.oee.element.Cell;
import io.linewright.oee.element.Counts;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.range.TimeQuestion;
import io.linewright.oee.time.Span;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What was made of an order. */
@RestController
@Tag(name = "Orders")
class MadeController {

  /**
   * What a machine made of an order.
   *
   * @param from when it worked on it first
   * @param to until when
   * @param open how many of the order are still to be made there, 0 or more; null: nobody knows how
   *     many are wanted
   */
  record MachineView(
      String machine,
      String from,
      String to,
      double produced,
      double good,
      double reject,
      double rework,
      @Nullable Double open) {}

  /**
   * What was made of an order, by machine.
   *
   * @param quantity how many are wanted; null: the order is not known, but machines name it
   */
  record MadeView(String order, @Nullable Double quantity, List<MachineView> machines) {}

  private record Made(Span span, Counts counts) {

    Made plus(Made other) {
      return new Made(span.hull(other.span), counts.plus(other.counts));
    }
  }

  private final OeeReader reader;
  private final Questions questions;
  private final Orders orders;
  private final InstantSource clock;

  MadeController(OeeReader reader, Questions questions, Orders orders, InstantSource clock) {
    this.reader = reader;
    this.questions = questions;
    this.orders = orders;
    this.clock = clock;
  }

  @GetMapping(path = "/api/v1/production-orders/{id}/made", produces = "application/json")
  @Operation(
      operationId = "productionOrderMade",
      summary = "What each machine made of an order until now",
      description =
          "An item passes several machines and is counted by each. 404 unknown-range as long as no"
              + " machine worked on it.")
  MadeView made(@PathVariable String id) {
    TimeQuestion question = new TimeQuestion.OfOrder(id);
    return reader.ask(
        snapshot -> {
          Asked asked = questions.of(snapshot, null, question, Times.micros(clock.instant()));
          reader.requireFew(asked.parts());
          Map<String, Made> made = new LinkedHashMap<>();
          for (Standing part : asked.parts()) {
            for (Cell cell : snapshot.cells(part, List.of())) {
              made.merge(
                  part.path().toString(),
                  new Made(cell.span(), cell.elements().counts()),
                  Made::plus);
            }
          }
          Quantity wanted = orders.find(id).map(kept -> kept.order().quantity()).orElse(null);
          return new MadeView(
              id,
              wanted == null ? null : wanted.units(),
              made.entrySet().stream()
                  .map(entry -> view(entry.getKey(), entry.getValue(), wanted))
                  .toList());
        });
  }

  private static MachineView view(String machine, Made made, @Nullable Quantity wanted) {
    Counts counts = made.counts();
    return new MachineView(
        machine,
        Rfc3339.format(made.span().fromMicros()),
        Rfc3339.format(made.span().toMicros()),
        counts.produced().units(),
        counts.good().units(),
        counts.reject().units(),
        counts.rework().units(),
        wanted == null ? null : Math.max(0, wanted.minus(counts.good()).millionths()) / 1e6);
  }
}
