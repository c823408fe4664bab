package io.linewright.oee.kpi;

import io.linewright.oee.element.ElementName;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The 34 KPIs of ISO 22400-2:2014. All are computed from summed elements, so that those of several
 * machines, shifts and products are no means of single ones.
 */
public enum Kpi {
  WORKER_EFFICIENCY("worker efficiency", "APWT / APAT", f(ElementName.APWT, ElementName.APAT)),
  ALLOCATION_RATIO(
      "allocation ratio", "ΣAUBT / AOET", Scale.NO_SHARE, f(ElementName.AUBT, ElementName.AOET)),
  THROUGHPUT_RATE(
      "throughput rate", "PQ / AOET", Scale.PER_HOUR, f(ElementName.PQ, ElementName.AOET)),
  ALLOCATION_EFFICIENCY(
      "allocation efficiency", "AUBT / PBT", f(ElementName.AUBT, ElementName.PBT)),
  UTILISATION_EFFICIENCY(
      "utilisation efficiency", "APT / AUBT", f(ElementName.APT, ElementName.AUBT)),
  OEE_INDEX(
      "overall equipment effectiveness index",
      "APT / PBT · Σ(PRI · PQ) / APT · GQ / PQ",
      f(ElementName.APT, ElementName.PBT),
      f(ElementName.PRI_PQ, ElementName.APT),
      f(ElementName.GQ, ElementName.PQ)),
  NEE_INDEX(
      "net equipment effectiveness index",
      "AUPT / PBT · Σ(PRI · PQ) / APT · GQ / PQ",
      f(ElementName.AUPT, ElementName.PBT),
      f(ElementName.PRI_PQ, ElementName.APT),
      f(ElementName.GQ, ElementName.PQ)),
  AVAILABILITY("availability", "APT / PBT", f(ElementName.APT, ElementName.PBT)),
  EFFECTIVENESS("effectiveness", "Σ(PRI · PQ) / APT", f(ElementName.PRI_PQ, ElementName.APT)),
  QUALITY_RATIO("quality ratio", "GQ / PQ", f(ElementName.GQ, ElementName.PQ)),
  SETUP_RATIO("setup ratio", "AUST / AUPT", f(ElementName.AUST, ElementName.AUPT)),
  TECHNICAL_EFFICIENCY(
      "technical efficiency",
      "APT / (APT + ADET)",
      f(ElementName.APT, ElementName.APT, ElementName.ADET)),
  PRODUCTION_PROCESS_RATIO(
      "production process ratio",
      "ΣAPT / AOET",
      Scale.NO_SHARE,
      f(ElementName.APT, ElementName.AOET)),
  ACTUAL_TO_PLANNED_SCRAP(
      "actual to planned scrap ratio",
      "SQ / PSQ",
      Scale.NO_SHARE,
      f(ElementName.SQ, ElementName.PSQ)),
  FIRST_PASS_YIELD("first pass yield", "GP / IP", f(ElementName.GP, ElementName.IP)),
  SCRAP_RATIO("scrap ratio", "SQ / PQ", f(ElementName.SQ, ElementName.PQ)),
  REWORK_RATIO("rework ratio", "RQ / PQ", f(ElementName.RQ, ElementName.PQ)),
  FALL_OFF_RATIO(
      "fall off ratio", "SQ / PQ of the first operation", f(ElementName.SQ, ElementName.PQ_FIRST)),
  MACHINE_CAPABILITY(
      "machine capability index Cm",
      "(USL - LSL) / (6 · s)",
      EnumSet.of(ElementName.LIMITS, ElementName.DEVIATION)),
  CRITICAL_MACHINE_CAPABILITY(
      "critical machine capability index Cmk",
      "min(USL - mean, mean - LSL) / (3 · s)",
      EnumSet.of(ElementName.LIMITS, ElementName.MEAN, ElementName.DEVIATION)),
  PROCESS_CAPABILITY(
      "process capability index Cp",
      "(USL - LSL) / (6 · σ)",
      EnumSet.of(ElementName.LIMITS, ElementName.DEVIATION)),
  CRITICAL_PROCESS_CAPABILITY(
      "critical process capability index Cpk",
      "min(USL - mean, mean - LSL) / (3 · σ)",
      EnumSet.of(ElementName.LIMITS, ElementName.MEAN, ElementName.DEVIATION)),
  COMPREHENSIVE_ENERGY(
      "comprehensive energy consumption",
      "E / PQ",
      Scale.KWH_PER_ITEM,
      f(ElementName.ENERGY, ElementName.PQ)),
  INVENTORY_TURNS(
      "inventory turns",
      "TH / average inventory",
      Scale.NO_SHARE,
      f(ElementName.TH, ElementName.AVERAGE_INVENTORY)),
  FINISHED_GOODS_RATIO(
      "finished goods ratio", "good finished / CM", f(ElementName.GOOD_FINISHED, ElementName.CM)),
  INTEGRATED_GOODS_RATIO(
      "integrated goods ratio",
      "integrated good / CM",
      f(ElementName.GOOD_INTEGRATED, ElementName.CM)),
  PRODUCTION_LOSS_RATIO(
      "production loss ratio",
      "production loss / CM",
      f(ElementName.PRODUCTION_LOSS, ElementName.CM)),
  STORAGE_AND_TRANSPORT_LOSS_RATIO(
      "storage and transport loss ratio",
      "storage and transport loss / CM",
      f(ElementName.STORAGE_LOSS, ElementName.CM)),
  OTHER_LOSS_RATIO(
      "other loss ratio", "other loss / CM", f(ElementName.OTHER_LOSS, ElementName.CM)),
  EQUIPMENT_LOAD_RATIO("equipment load ratio", "PQ / EPC", f(ElementName.PQ, ElementName.EPC)),
  MTBF(
      "mean operating time between failures",
      "ΣTBF / FE",
      Scale.SECONDS,
      f(ElementName.TBF, ElementName.FE)),
  MTTF("mean time to failure", "ΣTTF / FE", Scale.SECONDS, f(ElementName.TTF, ElementName.FE)),
  MTTR("mean time to repair", "ΣTTR / FE", Scale.SECONDS, f(ElementName.TTR, ElementName.FE)),
  CORRECTIVE_MAINTENANCE_RATIO(
      "corrective maintenance ratio",
      "CMT / (CMT + PMT)",
      f(ElementName.CMT, ElementName.CMT, ElementName.PMT));

  /** A division of an element by a sum of elements, which is one factor of the KPI. */
  record Fraction(ElementName over, List<ElementName> under) {}

  /** What a quotient of elements is turned into. */
  private enum Scale {
    SHARE("1", 1),
    NO_SHARE("1", 1),
    SECONDS("s", 1),
    PER_HOUR("/h", 3_600),
    KWH_PER_ITEM("kW.h", 1);

    private final String unit;
    private final double times;

    Scale(String unit, double times) {
      this.unit = unit;
      this.times = times;
    }
  }

  private static final String SECONDARY =
      "the standard's text was not at hand: by secondary sources, TBF is APT and TTF is AUBT";

  private final String title;
  private final String formula;
  private final Scale scale;
  private final List<Fraction> factors;
  private final Set<ElementName> needs;

  Kpi(String title, String formula, Fraction... factors) {
    this(title, formula, Scale.SHARE, factors);
  }

  Kpi(String title, String formula, Scale scale, Fraction... factors) {
    this.title = title;
    this.formula = formula;
    this.scale = scale;
    this.factors = List.of(factors);
    Set<ElementName> elements = EnumSet.noneOf(ElementName.class);
    for (Fraction factor : factors) {
      elements.add(factor.over);
      elements.addAll(factor.under);
    }
    this.needs = Collections.unmodifiableSet(elements);
  }

  /** One that is never computed here, since nothing here tells what it needs. */
  Kpi(String title, String formula, Set<ElementName> needs) {
    this.title = title;
    this.formula = formula;
    this.scale = Scale.NO_SHARE;
    this.factors = List.of();
    this.needs = Collections.unmodifiableSet(needs);
  }

  /** Its name, in the words of the standard. */
  public String title() {
    return title;
  }

  /** How it is computed from {@link #needs}, with the divisor of mean times that is asked for. */
  public String formula(FailureDivisor divisor) {
    return isMeanTime() ? formula.replace("FE", divisor.formula()) : formula;
  }

  /** The code of its unit in UCUM; 1 for a ratio, which people like to read in percent. */
  public String unit() {
    return scale.unit;
  }

  /** Whether it is a part of something: anything outside 0 to 1 is strange then. */
  public boolean share() {
    return scale == Scale.SHARE;
  }

  /** Elements that it is computed from. */
  public Set<ElementName> needs() {
    return needs;
  }

  /** What people should know of its definition; empty if there is nothing to say. */
  public String note() {
    return isMeanTime() ? SECONDARY : "";
  }

  List<Fraction> factors() {
    return factors;
  }

  double scaled(double quotient) {
    return quotient * scale.times;
  }

  /** Whether it is a mean over failures. */
  boolean isMeanTime() {
    return needs.contains(ElementName.FE);
  }

  private static Fraction f(ElementName over, ElementName... under) {
    return new Fraction(over, Arrays.asList(under));
  }
}
