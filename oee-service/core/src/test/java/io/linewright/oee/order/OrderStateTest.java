package io.linewright.oee.order;

import static io.linewright.oee.order.OrderState.ABORTED;
import static io.linewright.oee.order.OrderState.CANCELLED;
import static io.linewright.oee.order.OrderState.CLOSED;
import static io.linewright.oee.order.OrderState.COMPLETED;
import static io.linewright.oee.order.OrderState.HELD;
import static io.linewright.oee.order.OrderState.READY;
import static io.linewright.oee.order.OrderState.RELEASED;
import static io.linewright.oee.order.OrderState.RUNNING;
import static io.linewright.oee.order.OrderState.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.order.OrderRefusal.InState;
import io.linewright.oee.order.OrderRefusal.Unknown;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.TimeCategory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderStateTest {

  /** From the row to the column, in the order of the constants. */
  private static final List<String> LEGAL =
      List.of(
          "xxxxxx-xxx-x", // forecast
          "xxxxxx-xxx-x", // released
          "xxxxxx-xxx-x", // waiting
          "xxxxxx-xxx-x", // ready
          "----xxxxx--x", // running
          "xxxxxxxxxx-x", // held
          "----xxxxx--x", // suspended
          "-------x--x-", // completed
          "--------x-x-", // aborted
          "---------xx-", // cancelled
          "----------x-", // closed
          "xxxxxxxxxx-x"); // other

  @Test
  void whatMayBecomeWhat() {
    for (OrderState from : OrderState.values()) {
      StringBuilder row = new StringBuilder();
      for (OrderState to : OrderState.values()) {
        row.append(from.mayBecome(to) ? 'x' : '-');
      }
      assertThat(row.toString()).as("%s", from).isEqualTo(LEGAL.get(from.ordinal()));
    }
  }

  @Test
  void theNamesAreThoseOfB2mml() {
    assertThat(Arrays.stream(OrderState.values()).map(OrderState::text))
        .containsExactly(
            "Forecast",
            "Released",
            "Waiting",
            "Ready",
            "Running",
            "Held",
            "Suspended",
            "Completed",
            "Aborted",
            "Cancelled",
            "Closed",
            "Other");
    for (OrderState state : OrderState.values()) {
      assertThat(OrderState.ofText(state.text())).hasValue(state);
      assertThat(OrderState.ofText(state.name())).hasValue(state);
    }
    assertThat(OrderState.ofText("Done")).isEmpty();
  }

  @Test
  void whatIsOverCanOnlyBeClosed() {
    ProductionOrder done = order("P", COMPLETED, null);
    assertThat(done.refusal(done)).isEmpty();
    assertThat(done.refusal(done.in(CLOSED))).isEmpty();
    assertThat(done.refusal(done.in(RUNNING))).hasValue(new InState("O-1", COMPLETED, RUNNING));
    assertThat(done.refusal(order("Q", COMPLETED, null)))
        .hasValue(new InState("O-1", COMPLETED, COMPLETED));
    assertThat(done.refusal(order("Q", CLOSED, null)))
        .hasValue(new InState("O-1", COMPLETED, CLOSED));
    assertThat(done.in(CLOSED).refusal(done)).isPresent();
  }

  @Test
  void untilThenAllMayChange() {
    ProductionOrder running = order("P", RUNNING, null);
    assertThat(running.refusal(order("Q", RUNNING, "L-1"))).isEmpty();
    assertThat(running.refusal(order("Q", HELD, "L-1"))).isEmpty();
    assertThat(running.refusal(running.in(CANCELLED)))
        .hasValue(new InState("O-1", RUNNING, CANCELLED));
    assertThat(order("P", SUSPENDED, null).refusal(order("P", ABORTED, null))).isEmpty();
    assertThat(order("P", READY, null).refusal(order("P", RELEASED, null))).isEmpty();
  }

  @Test
  void refusalsSayWhy() {
    assertThat(new InState("O-1", RUNNING, CANCELLED).reason())
        .isEqualTo("order O-1 is Running and cannot become Cancelled");
    assertThat(new InState("O-1", CLOSED, CLOSED).reason())
        .isEqualTo("order O-1 is Closed and cannot be changed any more");
    assertThat(new Unknown("O-2").reason()).isEqualTo("there is no order O-2");
    assertThat(new Unknown("O-2").code()).isEqualTo("order-unknown");
    assertThat(new InState("O-1", CLOSED, CLOSED).code()).isEqualTo("order-in-state");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    List<Runnable> wrong =
        List.of(
            () -> order("", RUNNING, null),
            () -> order("P", RUNNING, ""),
            () -> order("P", RUNNING, null).refusal(order("O-2", "P", RUNNING, null, 1, 0, 0)),
            () -> order("", "P", RUNNING, null, 1, 0, 0),
            () -> order("O-1", "P", RUNNING, null, 0, 0, 0),
            () -> order("O-1", "P", RUNNING, null, 1, -1, 0),
            () -> order("O-1", "P", RUNNING, null, 1, 0, -1),
            () -> new Product("", "", UcumUnit.ONE, OptionalDouble.empty()),
            () -> new Product("P", "", UcumUnit.ONE, OptionalDouble.of(1.01)),
            () -> new Product("P", "", UcumUnit.ONE, OptionalDouble.of(Double.NaN)),
            () -> new InForce("", null, null, null),
            () -> new StartUp(Set.of(TimeCategory.PRODUCTION), Duration.ZERO, Quantity.ZERO),
            () -> new StartUp(Set.of(), Duration.ofDays(7).plusNanos(1), Quantity.ZERO),
            () -> new StartUp(Set.of(), Duration.ofNanos(-1), Quantity.ZERO),
            () -> new StartUp(Set.of(), Duration.ZERO, Quantity.of(-1)));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new StartUp(Set.of(TimeCategory.SETUP), Duration.ofDays(7), Quantity.ZERO).after())
        .containsExactly(TimeCategory.SETUP);
  }

  private static ProductionOrder order(String product, OrderState state, @Nullable String lot) {
    return order("O-1", product, state, lot, 1, 0, 0);
  }

  private static ProductionOrder order(
      String id,
      String product,
      OrderState state,
      @Nullable String lot,
      int quantity,
      long due,
      int scrap) {
    return new ProductionOrder(
        id,
        product,
        Quantity.of(quantity),
        UcumUnit.ONE,
        lot,
        0L,
        due,
        EquipmentPath.parse("acme/graz"),
        1,
        state,
        Quantity.of(scrap));
  }
}
