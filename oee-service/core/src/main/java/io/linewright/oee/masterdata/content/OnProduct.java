package io.linewright.oee.masterdata.content;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.order.Product;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Items about products. */
public final class OnProduct {

  /** Most characters of the id of a product. */
  public static final int LONGEST_ID = 64;

  private static final Scalar<String> ID =
      Scalars.text(LONGEST_ID, "write the id that your ERP has, of up to 64 characters");
  private static final Scalar<BigDecimal> MEASURE =
      Scalars.number(new BigDecimal("-1000000000000"), new BigDecimal("1000000000000"));

  private OnProduct() {}

  /**
   * A product.
   *
   * @param product which
   */
  public record Item(Product product) implements Content {
    @Override
    public String key() {
      return product.id();
    }
  }

  /**
   * How long an item takes at best.
   *
   * @param equipment the machine, or what it is below
   * @param product id of the product; empty: any
   * @param cycle time of one item
   */
  public record Cycle(EquipmentPath equipment, Optional<String> product, Duration cycle)
      implements Content {
    @Override
    public String key() {
      return equipment + product.map(id -> "#" + id).orElse("");
    }
  }

  /**
   * What a characteristic of a product may be; for whoever measures it.
   *
   * @param product id of the product
   * @param characteristic what is measured
   * @param nominal what it should be
   * @param lower how much less it may be, 0 or negative as a rule; not more than the upper
   * @param upper how much more
   * @param unit of all three
   */
  public record Tolerance(
      String product,
      String characteristic,
      BigDecimal nominal,
      BigDecimal lower,
      BigDecimal upper,
      UcumUnit unit)
      implements Content {
    @Override
    public String key() {
      return characteristic + "#" + product;
    }
  }

  static Optional<Item> item(Block block) {
    Optional<String> id = block.required("id", ID);
    Optional<String> name =
        block.optional("name", Scalars.text(120, "write a text of up to 120 characters"));
    Optional<UcumUnit> unit = block.optional("unit", Scalars.UNIT);
    Optional<BigDecimal> scrap =
        block.optional("planned-scrap", Scalars.number(BigDecimal.ZERO, BigDecimal.ONE));
    return id.map(
        known ->
            new Item(
                new Product(
                    known,
                    name.orElse(""),
                    unit.orElse(UcumUnit.ONE),
                    scrap
                        .map(ratio -> OptionalDouble.of(ratio.doubleValue()))
                        .orElse(OptionalDouble.empty()))));
  }

  static Optional<Cycle> cycle(Block block) {
    Optional<EquipmentPath> equipment = OnEquipment.equipment(block);
    Optional<String> product = block.optional("product", ID);
    Optional<Duration> cycle =
        block.required("cycle", Scalars.duration(Duration.ofNanos(1_000), Duration.ofDays(366)));
    return equipment.isEmpty() || cycle.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cycle(equipment.get(), product, cycle.get()));
  }

  static Optional<Tolerance> tolerance(Block block) {
    Optional<String> product = block.required("product", ID);
    Optional<String> characteristic =
        block.required("characteristic", Scalars.name("the characteristic"));
    Optional<BigDecimal> nominal = block.required("nominal", MEASURE);
    Optional<BigDecimal> lower = block.required("lower", MEASURE);
    Optional<BigDecimal> upper = block.required("upper", MEASURE);
    Optional<UcumUnit> unit = block.required("unit", Scalars.UNIT);
    if (!block.isRight()) {
      return Optional.empty();
    }
    if (lower.orElseThrow().compareTo(upper.orElseThrow()) > 0) {
      block.fault("lower", "is more than the upper one", "write deviations as -0.02 and 0.02");
      return Optional.empty();
    }
    return Optional.of(
        new Tolerance(
            product.orElseThrow(),
            characteristic.orElseThrow(),
            nominal.orElseThrow(),
            lower.get(),
            upper.get(),
            unit.orElseThrow()));
  }
}
