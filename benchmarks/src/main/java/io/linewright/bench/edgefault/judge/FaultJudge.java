package io.linewright.bench.edgefault.judge;

import io.linewright.bench.compare.TagComparison;
import io.linewright.bench.compare.TruthLine;
import io.linewright.bench.compare.Verdict;
import io.linewright.bench.edgefault.judge.Interruption.Source;
import io.linewright.bench.plant.StoredSample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** Judges every tag of a run; the rules are in {@code docs/performance.md}, faults at the edge. */
public final class FaultJudge {

  private final List<Interruption> interruptions;
  private final LossBook losses;
  private final long observedMicros;
  private final Recoveries recoveries;
  private final Map<Source, List<Gap>> gaps = new EnumMap<>(Source.class);
  private final Consumer<String> told;

  /**
   * @param losses every loss that the platform was told of
   * @param gateway equipment path of the gateway
   * @param observedMicros from when on changes are expected
   * @param recoveries when the sources delivered again
   * @param told called with every fault that is found, in words
   */
  public FaultJudge(
      List<Interruption> interruptions,
      List<Loss> losses,
      String gateway,
      long observedMicros,
      Recoveries recoveries,
      Consumer<String> told) {
    this.interruptions = List.copyOf(interruptions);
    this.losses = new LossBook(losses, gateway);
    this.observedMicros = observedMicros;
    this.recoveries = recoveries;
    this.told = told;
    for (Source source : Source.values()) {
      gaps.put(source, Gap.of(interruptions, source, i -> recoveries.after(source, i.endMicros())));
    }
  }

  /** Compares one tag. */
  public TagVerdict values(List<TruthLine> truth, List<StoredSample> rows) {
    boolean polled = truth.stream().anyMatch(TruthLine::polled);
    return polled ? polled(truth, rows) : timed(truth, rows);
  }

  private TagVerdict timed(List<TruthLine> truth, List<StoredSample> rows) {
    Verdict verdict = TagComparison.of(truth, OptionalLong.of(observedMicros), rows);
    if (verdict.wrong() + verdict.repeated() > 0) {
      told.accept(truth.getFirst().tag() + ": " + verdict);
    }
    Set<String> stored = new HashSet<>();
    for (StoredSample row : rows) {
      if (row.status() >>> 30 == 0) {
        stored.add(row.sourceMicros() + "\t" + row.value());
      }
    }
    List<TruthLine> expected = expected(truth);
    boolean[] found = new boolean[expected.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = stored.contains(expected.get(i).sourceMicros() + "\t" + expected.get(i).value());
    }
    return verdict(expected, found, rows, Source.OPC_UA, verdict.repeated(), verdict.wrong());
  }

  private TagVerdict polled(List<TruthLine> truth, List<StoredSample> rows) {
    PolledRows matching = new PolledRows(truth, told);
    matching.match(rows, observedMicros, this::startBefore);
    List<TruthLine> expected = expected(truth);
    boolean[] found = new boolean[expected.size()];
    System.arraycopy(matching.found(), truth.size() - expected.size(), found, 0, expected.size());
    return verdict(expected, found, rows, Source.MODBUS, matching.repeated(), matching.wrong());
  }

  private TagVerdict verdict(
      List<TruthLine> expected,
      boolean[] found,
      List<StoredSample> rows,
      Source source,
      long repeated,
      long wrong) {
    Missing missing =
        Missing.of(expected, found, rows, gaps.getOrDefault(source, List.of()), losses, told);
    long stored = 0;
    for (boolean one : found) {
      stored += one ? 1 : 0;
    }
    long notGood = rows.stream().filter(row -> row.status() >>> 30 != 0).count();
    return new TagVerdict(
        new Verdict(expected.size(), stored, missing.lost(), repeated, wrong, notGood),
        missing.recorded(),
        missing.unseen());
  }

  private List<TruthLine> expected(List<TruthLine> truth) {
    return truth.stream().filter(line -> line.sourceMicros() >= observedMicros).toList();
  }

  /** The latest start of the gateway whose first reading may be of this time. */
  private long startBefore(long micros) {
    return interruptions.stream()
        .filter(Interruption::gatewayDead)
        .filter(
            dead ->
                micros >= dead.beginMicros()
                    && micros <= recoveries.after(Source.MODBUS, dead.endMicros()))
        .mapToLong(Interruption::beginMicros)
        .max()
        .orElse(PolledRows.NO_START);
  }

  /** Faults during which the tag went on looking good, in words; see {@link Silences}. */
  public List<String> silences(List<TruthLine> truth, List<StoredSample> rows) {
    List<String> found = new ArrayList<>();
    Source source = truth.stream().anyMatch(TruthLine::polled) ? Source.MODBUS : Source.OPC_UA;
    String tag = truth.getFirst().tag();
    Silences silences = new Silences(interruptions, source, recoveries);
    silences
        .of(rows, (from, to) -> losses.touches(tag, from, to))
        .forEach(silence -> found.add(tag + ": " + silence));
    if (!deliversAtTheEnd(truth, rows)) {
      found.add(tag + ": the last row is " + (rows.isEmpty() ? "none" : rows.getLast()));
    }
    return found;
  }

  /** At the end the tag must be Good and say what the machine says. */
  private static boolean deliversAtTheEnd(List<TruthLine> truth, List<StoredSample> rows) {
    return !rows.isEmpty()
        && rows.getLast().status() >>> 30 == 0
        && truth.getLast().value().equals(rows.getLast().value());
  }

  /** How long each interruption took to heal, by the slowest source, in µs. */
  public Map<Interruption, Long> healing() {
    Map<Interruption, Long> healing = new HashMap<>();
    for (Interruption interruption : interruptions) {
      for (Source source : interruption.sources()) {
        long after = recoveries.after(source, interruption.endMicros());
        healing.merge(interruption, after - interruption.endMicros(), Math::max);
      }
    }
    return healing;
  }
}
