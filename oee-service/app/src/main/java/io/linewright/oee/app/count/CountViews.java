package io.linewright.oee.app.count;

import io.linewright.oee.app.Rfc3339;
import io.linewright.oee.app.word.CountCorrections;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.count.CounterFact;
import io.linewright.oee.element.Counts;
import io.linewright.oee.quantity.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How counts are answered. */
final class CountViews {

  private CountViews() {}

  /**
   * What a machine made of a product in a time.
   *
   * @param shift day and name of the shift; null outside of shifts, or per hour
   * @param product null: nobody said which
   * @param difference items that are neither good, rejected nor to be made again, where all is
   *     counted
   * @param corrected whether people added to or took from what was counted
   */
  record CountView(
      String from,
      String to,
      @Nullable String shift,
      @Nullable String product,
      double produced,
      double good,
      double reject,
      double rework,
      double difference,
      boolean corrected) {

    static CountView of(
        long from, long to, @Nullable String shift, @Nullable String product, Counts counts) {
      return new CountView(
          Rfc3339.format(from),
          Rfc3339.format(to),
          shift,
          product,
          counts.produced().units(),
          counts.good().units(),
          counts.reject().units(),
          counts.rework().units(),
          counts.difference().units(),
          counts.corrected());
    }
  }

  /**
   * Counts by time.
   *
   * @param title the time that was asked about
   * @param lacks kinds of which the machine does not tell enough, so that figures of them are 0
   */
  record CountsView(
      String machine,
      String title,
      String from,
      String to,
      List<CountView> counts,
      List<String> lacks) {}

  /**
   * Something about a counter that is not plain counting.
   *
   * @param kind rolled-over, reset, jumped, spike, dip, double-pulse or baseline-set
   * @param from what it showed before
   * @param to what it showed then
   * @param counted items that were counted
   * @param notCounted items that were not, because they cannot be true
   */
  record FactView(
      String time,
      String tag,
      String kind,
      @Nullable Double from,
      @Nullable Double to,
      @Nullable Double counted,
      @Nullable Double notCounted) {}

  /** Facts by time. */
  record FactsView(String machine, String title, List<FactView> facts) {}

  /**
   * A correction.
   *
   * @param id its number
   * @param quantity how many more; less than 0: fewer
   */
  record CorrectionView(
      long id,
      String machine,
      String time,
      String kind,
      double quantity,
      String reason,
      String by) {

    static CorrectionView of(String machine, CountCorrection correction) {
      return new CorrectionView(
          correction.version(),
          machine,
          Rfc3339.format(correction.micros()),
          CountCorrections.name(correction.kind()),
          correction.quantity().units(),
          correction.why(),
          correction.by());
    }
  }

  /** Corrections in the order in which they were made. */
  record CorrectionsView(List<CorrectionView> corrections) {}

  static FactView fact(CounterFact fact) {
    return switch (fact) {
      case CounterFact.RolledOver of ->
          view(fact, "rolled-over", of.from(), of.to(), of.counted(), null);
      case CounterFact.Reset of -> view(fact, "reset", of.from(), of.to(), of.counted(), null);
      case CounterFact.Jumped of -> view(fact, "jumped", of.from(), of.to(), null, of.notCounted());
      case CounterFact.Spike of -> view(fact, "spike", null, of.value(), null, null);
      case CounterFact.Dip of -> view(fact, "dip", null, of.value(), null, null);
      case CounterFact.DoublePulse _ ->
          view(fact, "double-pulse", null, null, null, Quantity.of(1L));
      case CounterFact.BaselineSet of -> view(fact, "baseline-set", null, of.value(), null, null);
    };
  }

  private static FactView view(
      CounterFact fact,
      String kind,
      @Nullable Quantity from,
      @Nullable Quantity to,
      @Nullable Quantity counted,
      @Nullable Quantity notCounted) {
    return new FactView(
        Rfc3339.format(fact.micros()),
        fact.counter().tag(),
        kind,
        units(from),
        units(to),
        units(counted),
        units(notCounted));
  }

  private static @Nullable Double units(@Nullable Quantity quantity) {
    return quantity == null ? null : quantity.units();
  }
}
