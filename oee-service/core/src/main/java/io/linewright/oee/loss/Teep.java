package io.linewright.oee.loss;

import io.linewright.oee.element.Elements;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.slice.IsoElement;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Total effective equipment performance: OEE index · PBT / calendar. It is not in ISO 22400. */
public final class Teep {

  private Teep() {}

  /** It does not depend on what time without data is. Empty where the OEE index has no value. */
  public static OptionalDouble of(Elements e) {
    OptionalLong effective = Waterfall.of(e).remaining(LossKind.PRODUCT_MIX);
    boolean defined =
        e.times().of(IsoElement.APT) != 0 && !e.counts().produced().equals(Quantity.ZERO);
    return effective.isPresent() && defined
        ? OptionalDouble.of((double) effective.getAsLong() / e.times().calendar())
        : OptionalDouble.empty();
  }
}
