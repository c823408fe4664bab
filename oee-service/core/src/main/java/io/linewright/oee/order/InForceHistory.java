package io.linewright.oee.order;

import io.linewright.oee.event.TrackKind;
import io.linewright.oee.time.Change;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a machine worked on at each instant. */
public final class InForceHistory {

  private InForceHistory() {}

  /**
   * What was in force at each instant.
   *
   * <p>Where somebody said which order ran, that order holds with its product and its lot, and what
   * the machine says only where the order says nothing. Elsewhere the tags hold, each until the
   * next that says something; of several tags of one kind the one that spoke last. What no tag says
   * the order says. Where still no product is known it is the one that the machine usually makes.
   *
   * @param whole the time that is asked for
   * @param said in any order, also what was said last before that time, of each track; equal ones
   *     may be there several times. Spaces around a value do not matter
   * @param words in any order, of any time
   * @param orders by id, those that are named; one that is not known has neither product nor lot
   * @param usually id of the product that is made if nobody says which; null: none
   * @throws IllegalArgumentException if two of {@code said} have the same key and differ, or two
   *     words have the same version and differ
   */
  public static Track<InForce> of(
      Span whole,
      Collection<ContextWord> said,
      Collection<RunWord> words,
      Map<String, ProductionOrder> orders,
      @Nullable String usually) {
    List<ContextWord> ascending = said.stream().distinct().sorted().toList();
    for (int i = 1; i < ascending.size(); i++) {
      if (ascending.get(i - 1).compareTo(ascending.get(i)) == 0) {
        throw new IllegalArgumentException(
            "nothing says which holds, " + ascending.get(i - 1) + " or " + ascending.get(i));
      }
    }
    return told(whole, ascending, TrackKind.ORDER)
        .map(order -> new InForce(order.orElse(null), null, null, null))
        .with(
            told(whole, ascending, TrackKind.PRODUCT),
            (now, product) -> new InForce(now.order(), product.orElse(null), null, null))
        .with(
            told(whole, ascending, TrackKind.LOT),
            (now, lot) -> new InForce(now.order(), now.product(), lot.orElse(null), null))
        .with(
            told(whole, ascending, TrackKind.SERIAL),
            (now, serial) ->
                new InForce(now.order(), now.product(), now.lot(), serial.orElse(null)))
        .with(
            ordered(whole, words),
            (now, order) ->
                order.isPresent()
                    ? ordered(now, order.get(), orders.get(order.get()), usually)
                    : told(now, orders, usually));
  }

  private static InForce ordered(
      InForce now, String order, @Nullable ProductionOrder known, @Nullable String usually) {
    return new InForce(
        order,
        first(known == null ? null : known.product(), now.product(), usually),
        first(known == null ? null : known.lot(), now.lot(), null),
        now.serial());
  }

  private static InForce told(
      InForce now, Map<String, ProductionOrder> orders, @Nullable String usually) {
    ProductionOrder known = now.order() == null ? null : orders.get(now.order());
    return new InForce(
        now.order(),
        first(now.product(), known == null ? null : known.product(), usually),
        first(now.lot(), known == null ? null : known.lot(), null),
        now.serial());
  }

  /** What the tags of a kind say. */
  private static Track<Optional<String>> told(
      Span whole, List<ContextWord> ascending, TrackKind kind) {
    List<Change<Optional<String>>> changes = new ArrayList<>();
    for (ContextWord word : ascending) {
      String value = word.value();
      if (word.track().kind() == kind && value != null) {
        String text = value.strip();
        changes.add(
            new Change<>(
                word.micros(),
                changes.size(),
                text.isEmpty() ? Optional.empty() : Optional.of(text)));
      }
    }
    return Track.of(whole, Optional.empty(), changes);
  }

  /** What people say. */
  private static Track<Optional<String>> ordered(Span whole, Collection<RunWord> words) {
    List<RunWord> ascending =
        words.stream().distinct().sorted(Comparator.comparingLong(RunWord::version)).toList();
    Track<Optional<String>> said = Track.constant(whole, Optional.empty());
    for (int i = 0; i < ascending.size(); i++) {
      RunWord word = ascending.get(i);
      if (i > 0 && ascending.get(i - 1).version() == word.version()) {
        throw new IllegalArgumentException(
            "nothing says which is later, " + ascending.get(i - 1) + " or " + word);
      }
      said = said.painted(word.span(), Optional.ofNullable(word.order()));
    }
    return said;
  }

  private static @Nullable String first(
      @Nullable String one, @Nullable String other, @Nullable String third) {
    return one != null ? one : other != null ? other : third;
  }
}
