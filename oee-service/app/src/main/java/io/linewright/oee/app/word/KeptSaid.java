package io.linewright.oee.app.word;

import io.linewright.oee.app.read.Said;
import io.linewright.oee.app.read.SaidOf;
import io.linewright.oee.app.registry.Machine;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.time.Span;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is said of machines' time, from the tables. */
final class KeptSaid implements SaidOf {

  private final StopWords words;
  private final RunWords runs;
  private final CountCorrections corrections;
  private final Orders orders;

  KeptSaid(StopWords words, RunWords runs, CountCorrections corrections, Orders orders) {
    this.words = words;
    this.runs = runs;
    this.corrections = corrections;
    this.orders = orders;
  }

  @Override
  public Said of(Machine machine, Span span, Collection<String> named) {
    Said worked = worked(machine, span, named);
    return new Said(
        worked.runs(), words.of(machine, span), corrections.of(machine, span), worked.orders());
  }

  @Override
  public Said worked(Machine machine, Span span, Collection<String> named) {
    List<RunWord> its = runs.of(machine, span);
    Set<String> ids = new TreeSet<>(named);
    for (RunWord run : its) {
      if (run.order() != null) {
        ids.add(run.order());
      }
    }
    return new Said(its, List.of(), List.of(), orders.named(ids));
  }
}
