package io.linewright.oee.element;

import io.linewright.oee.slice.IsoElement;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Elements of the KPIs of ISO 22400-2:2014, by their abbreviations there, and what else figures are
 * printed with. Those that no machine and no master data tell have no value in {@link Elements}.
 */
public enum ElementName {
  /** Actual production time. */
  APT(IsoElement.APT),
  /** Actual unit setup time. */
  AUST(IsoElement.AUST),
  /** Actual unit delay time. */
  ADET(IsoElement.ADET),
  /** Actual unit down time. */
  ADOT(IsoElement.ADOT),
  /** Actual unit processing time. */
  AUPT(IsoElement.AUPT),
  /** Actual unit busy time. */
  AUBT(IsoElement.AUBT),
  /** Planned busy time. */
  PBT(IsoElement.PBT),
  /** Planned operation time. */
  POT(IsoElement.POT),
  /**
   * Actual order execution time: of one order, from its begin to its end, with what lies between.
   */
  AOET("actual order execution time", Unit.SECOND, "one order: ask by order"),
  /** Actual personnel attendance time. */
  APAT("actual personnel attendance time", Unit.SECOND, "attendance times of people"),
  /** Actual personnel work time. */
  APWT("actual personnel work time", Unit.SECOND, "work times of people"),

  /** Produced quantity. */
  PQ("produced quantity", Unit.ITEM, Set.of(Lack.TOTAL), e -> e.counts().produced().units()),
  /** Good quantity. */
  GQ("good quantity", Unit.ITEM, Set.of(Lack.GOOD), e -> e.counts().good().units()),
  /** Scrap quantity. */
  SQ("scrap quantity", Unit.ITEM, Set.of(Lack.REJECT), e -> e.counts().reject().units()),
  /** Rework quantity. */
  RQ("rework quantity", Unit.ITEM, Set.of(Lack.REWORK), e -> e.counts().rework().units()),
  /** Planned scrap quantity. */
  PSQ(
      "planned scrap quantity",
      Unit.ITEM,
      Set.of(Lack.PLANNED_SCRAP),
      e -> e.plannedScrap().units()),
  /** Inspected parts. */
  IP("inspected parts", Unit.ITEM, Set.of(Lack.INSPECTION), e -> e.counts().inspected().units()),
  /** Good parts, of the inspected ones, without rework. */
  GP("good parts", Unit.ITEM, Set.of(Lack.INSPECTION), e -> e.counts().goodFirstTime().units()),
  /** Produced quantity of the first operation. */
  PQ_FIRST("produced quantity of the first operation", Unit.ITEM, "the topology of the line"),
  /** Equipment production capacity. */
  EPC("equipment production capacity", Unit.ITEM, Set.of(Lack.CAPACITY), e -> e.capacity().units()),
  /** Planned run time per item times produced quantity, summed over products and machines. */
  PRI_PQ(
      "planned run time of all items",
      Unit.SECOND,
      Set.of(Lack.IDEAL, Lack.TOTAL),
      e -> seconds(e.ideal().producedMicros())),

  /** Failure events. */
  FE("failure events", Unit.ITEM, Set.of(Lack.STATE), e -> e.failures().onsets()),
  /** Sum of times between failures. It is computed as the actual production time. */
  TBF(
      "sum of times between failures",
      Unit.SECOND,
      Set.of(Lack.STATE),
      e -> seconds(e.times().of(IsoElement.APT))),
  /** Sum of times to failure. It is computed as the actual unit busy time. */
  TTF(
      "sum of times to failure",
      Unit.SECOND,
      Set.of(Lack.STATE),
      e -> seconds(e.times().of(IsoElement.AUBT))),
  /** Sum of times to repair: the planned busy time that failures cost. */
  TTR(
      "sum of times to repair",
      Unit.SECOND,
      Set.of(Lack.STATE),
      e -> seconds(e.failures().repairMicros())),
  /** Corrective maintenance time. */
  CMT(
      "corrective maintenance time",
      Unit.SECOND,
      Set.of(Lack.STATE),
      e -> seconds(e.failures().correctiveMicros())),
  /** Planned maintenance time. */
  PMT(
      "planned maintenance time",
      Unit.SECOND,
      Set.of(Lack.STATE),
      e -> seconds(e.failures().plannedMaintenanceMicros())),

  /** Energy. */
  ENERGY("energy", Unit.KWH, Set.of(Lack.ENERGY), e -> e.energy().total().units()),

  /** Consumed material. */
  CM("consumed material", Unit.OTHER, "consumed material"),
  /** Throughput of an inventory. */
  TH("throughput", Unit.OTHER, "movements of the inventory"),
  /** Average inventory. */
  AVERAGE_INVENTORY("average inventory", Unit.OTHER, "the average inventory"),
  /** Good quantity of finished goods. */
  GOOD_FINISHED("good finished goods", Unit.OTHER, "the quantity of finished goods"),
  /** Integrated good quantity. */
  GOOD_INTEGRATED("integrated good quantity", Unit.OTHER, "the integrated good quantity"),
  /** Production loss. */
  PRODUCTION_LOSS("production loss", Unit.OTHER, "material that was lost in production"),
  /** Storage and transport loss. */
  STORAGE_LOSS("storage and transport loss", Unit.OTHER, "material that was lost on its way"),
  /** Other loss. */
  OTHER_LOSS("other loss", Unit.OTHER, "material that was lost otherwise"),
  /** Lower and upper specification limit. */
  LIMITS("specification limits", Unit.OTHER, "measurements, which quality-service has"),
  /** Mean of measurements. */
  MEAN("mean of the characteristic", Unit.OTHER, "measurements, which quality-service has"),
  /** Standard deviation of measurements. */
  DEVIATION("standard deviation", Unit.OTHER, "measurements, which quality-service has");

  /** What an element is measured in. */
  public enum Unit {
    /** Seconds. */
    SECOND("s"),
    /** Items, or whatever the counters count. */
    ITEM("1"),
    /** Kilowatt hours. */
    KWH("kW.h"),
    /** That of the material, or of the characteristic that is measured. */
    OTHER("");

    private final String ucum;

    Unit(String ucum) {
      this.ucum = ucum;
    }

    /** Its code in UCUM; empty if it is not always the same. */
    public String ucum() {
      return ucum;
    }
  }

  private static final Set<Lack> COUNTERS =
      Set.of(Lack.TOTAL, Lack.GOOD, Lack.REJECT, Lack.REWORK, Lack.INSPECTION);
  private static final double MICROS_OF_A_SECOND = 1_000_000;

  private final String title;
  private final Unit unit;
  private final Set<Lack> needs;
  private final @Nullable ToDoubleFunction<Elements> value;
  private final String source;

  ElementName(IsoElement element) {
    this(
        element.title(),
        Unit.SECOND,
        Set.of(Lack.STATE),
        elements -> seconds(elements.times().of(element)));
  }

  ElementName(String title, Unit unit, Set<Lack> needs, ToDoubleFunction<Elements> value) {
    this.title = title;
    this.unit = unit;
    this.needs = needs;
    this.value = value;
    this.source = "";
  }

  ElementName(String title, Unit unit, String source) {
    this.title = title;
    this.unit = unit;
    this.needs = Set.of();
    this.value = null;
    this.source = source;
  }

  /** Its name in the standard, without the abbreviation. */
  public String title() {
    return title;
  }

  /** What it is measured in. */
  public Unit unit() {
    return unit;
  }

  /** Whether it is computed from what counters tell. */
  public boolean isCount() {
    return needs.stream().anyMatch(COUNTERS::contains);
  }

  /** Its value; empty if the elements do not tell it, for the reasons of {@link #missing}. */
  public OptionalDouble of(Elements elements) {
    return value == null || !missing(elements).isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(value.applyAsDouble(elements));
  }

  /** What there would have to be for it to have a value; empty if it has one. */
  public List<String> missing(Elements elements) {
    if (value == null) {
      return List.of(source);
    }
    return elements.lacks().stream().filter(needs::contains).map(Lack::title).toList();
  }

  private static double seconds(long micros) {
    return micros / MICROS_OF_A_SECOND;
  }
}
