package io.linewright.ingest.quality;

import io.linewright.model.sample.Sample;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.BytesValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.linewright.model.sample.SampleValue.StringValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Judges the samples of one tag on one day, which are shown to it once, in the order of time and
 * ordinal. Needs memory that does not grow with them. Used by one thread.
 *
 * <p>Completeness counts what did not come: each gap between neighbours is so many samplings long,
 * rounded; all but one did not come. At the begin of the day whole ones. So jitter is no loss, and
 * values that come twice as often do not make up for a gap. What did not come is unchanged if the
 * value that holds is not Bad and the device was alive within that sampling, else it is missing.
 * Timeliness and spikes come from histograms with 9 % resolution.
 */
public final class TagDay {

  private static final double MICROS = 1e6;

  /** What did not come in a gap. */
  private record Gap(long missing, long unchanged) {
    static final Gap NONE = new Gap(0, 0);
  }

  private final QualityTerms terms;
  private final QualityRules rules;
  private final LogHistogram delays = new LogHistogram();
  private final LogHistogram steps = new LogHistogram();
  private final LogHistogram leaps = new LogHistogram();

  private long samples;
  private long valid;
  private long outside;
  private long missing;
  private long unchanged;
  private long lastMicros;
  private boolean held;
  private double number = Double.NaN;
  private double step = Double.NaN;
  private long sameSince;
  private long sameUntil;
  private long flatMicros;

  public TagDay(QualityTerms terms, QualityRules rules) {
    this.terms = terms;
    this.rules = rules;
    this.lastMicros = terms.fromMicros();
    this.held = terms.heldBefore();
  }

  /**
   * Takes the next sample of the day.
   *
   * @param storedMicros when it was stored, microseconds since the epoch
   */
  public void add(Sample sample, long storedMicros) {
    long micros = sample.sourceMicros();
    Gap gap = gap(micros);
    missing += gap.missing();
    unchanged += gap.unchanged();
    lastMicros = micros;
    held = !sample.status().isBad();
    samples++;
    delays.add((storedMicros - micros) / MICROS);
    double now = number(sample);
    boolean good = !sample.status().isBad() && sample.value() != null && isUsable(sample, now);
    if (!good) {
      endRun();
      step = Double.NaN;
      number = Double.NaN;
      return;
    }
    valid++;
    if (terms.range().isPresent() && !Double.isNaN(now) && !terms.range().get().contains(now)) {
      outside++;
    }
    shape(now, micros);
  }

  /** What is judged after the last sample of the day. */
  public QualityResult result() {
    Gap last = gap(terms.toMicros());
    long lost = missing + last.missing();
    long flat = flatMicros + flatRun();
    Map<QualityPart, Double> parts = new EnumMap<>(QualityPart.class);
    if (terms.samplingMicros().isPresent()) {
      long expected = expected();
      parts.put(
          QualityPart.COMPLETENESS,
          expected == 0 ? 1 : Math.max(0, 1 - Math.min(lost, expected) / (double) expected));
    }
    OptionalDouble delay =
        samples == 0 ? OptionalDouble.empty() : OptionalDouble.of(delays.quantile(0.95));
    if (samples > 0) {
      double latest = rules.latest().toNanos() / 1e9;
      parts.put(QualityPart.TIMELINESS, Math.min(1, latest / Math.max(delay.getAsDouble(), 1e-9)));
      parts.put(QualityPart.VALIDITY, valid / (double) samples);
    }
    if (valid > 0 && terms.range().isPresent()) {
      parts.put(QualityPart.PLAUSIBILITY, 1 - outside / (double) valid);
    }
    long spikes = terms.judgesShape() ? leaps.above(rules.spike() * steps.quantile(0.5)) : 0;
    if (valid > 0 && terms.judgesShape()) {
      parts.put(QualityPart.SPIKES, 1 - spikes / (double) valid);
      if (terms.samplingMicros().isPresent()) {
        parts.put(
            QualityPart.FLAT_LINE,
            Math.max(0, 1 - flat / (double) (terms.toMicros() - terms.fromMicros())));
      }
    }
    return new QualityResult(
        samples, expected(), lost, unchanged + last.unchanged(), delay, spikes, flat, parts, rules);
  }

  private long expected() {
    return terms.samplingMicros().isEmpty()
        ? 0
        : (terms.toMicros() - terms.fromMicros()) / terms.samplingMicros().getAsLong();
  }

  /**
   * What did not come from the last sample on, of what is expected; after a sample the one that
   * ends the gap is due. Samples before or after are judged, but nothing is missing beside them.
   */
  private Gap gap(long untilMicros) {
    if (terms.samplingMicros().isEmpty()) {
      return Gap.NONE;
    }
    long sampling = terms.samplingMicros().getAsLong();
    long from = Math.max(lastMicros, terms.fromMicros());
    long length = Math.min(untilMicros, terms.toMicros()) - from;
    boolean afterSample = samples > 0 && lastMicros >= terms.fromMicros();
    long silent =
        afterSample
            ? Math.max(0, Math.round(length / (double) sampling) - 1)
            : Math.max(0, length / sampling);
    long alive = held ? terms.life().intervals(from, sampling, silent) : 0;
    return new Gap(silent - alive, alive);
  }

  private void shape(double now, long micros) {
    if (!terms.judgesShape()) {
      return;
    }
    if (Double.doubleToLongBits(now) != Double.doubleToLongBits(number)) {
      endRun();
      sameSince = micros;
    }
    sameUntil = micros;
    if (!Double.isNaN(number)) {
      double next = now - number;
      if (next != 0) {
        steps.add(Math.abs(next));
      }
      if (step * next < 0) {
        leaps.add(Math.min(Math.abs(step), Math.abs(next)));
      }
      step = next;
    }
    number = now;
  }

  private void endRun() {
    flatMicros += flatRun();
  }

  /** From the first to the last of the same values that follow each other, if that is long. */
  private long flatRun() {
    long same = Double.isNaN(number) ? 0 : sameUntil - sameSince;
    return same >= rules.flat().toNanos() / 1_000 ? same : 0;
  }

  private static boolean isUsable(Sample sample, double number) {
    return !(sample.value() instanceof DoubleValue) || Double.isFinite(number);
  }

  private static double number(Sample sample) {
    return switch (sample.value()) {
      case null -> Double.NaN;
      case DoubleValue(double number) -> number;
      case IntegerValue(long whole) -> whole;
      case BooleanValue bool -> Double.NaN;
      case StringValue text -> Double.NaN;
      case BytesValue bytes -> Double.NaN;
    };
  }
}
