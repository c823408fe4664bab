package io.linewright.oee.order;

/** Why a change of a production order is refused. */
public sealed interface OrderRefusal {

  /** Id of the order. */
  String order();

  /** Short name of the reason, as in answers and reports; it never changes. */
  String code();

  /** The reason as a sentence without full stop. */
  String reason();

  /** There is no such order, so that it cannot be changed or cancelled. */
  record Unknown(String order) implements OrderRefusal {
    @Override
    public String code() {
      return "order-unknown";
    }

    @Override
    public String reason() {
      return "there is no order " + order;
    }
  }

  /**
   * Its state does not allow it.
   *
   * @param now the state that it has
   * @param wanted the one that it was to get; the same as {@code now} if something else was to be
   *     changed
   */
  record InState(String order, OrderState now, OrderState wanted) implements OrderRefusal {
    @Override
    public String code() {
      return "order-in-state";
    }

    @Override
    public String reason() {
      return wanted == now
          ? "order %s is %s and cannot be changed any more".formatted(order, now.text())
          : "order %s is %s and cannot become %s".formatted(order, now.text(), wanted.text());
    }
  }
}
