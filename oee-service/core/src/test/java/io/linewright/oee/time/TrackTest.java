package io.linewright.oee.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class TrackTest {

  private static final int RUNS = 10_000;
  private static final Span WHOLE = new Span(10, 20);

  @Test
  void aChangeHoldsFromItsInstantUntilTheNext() {
    Track<String> track =
        Track.of(
            WHOLE, "before", List.of(new Change<>(15, 0, "later"), new Change<>(12, 0, "sooner")));
    assertThat(track.pieces())
        .containsExactly(piece(10, 12, "before"), piece(12, 15, "sooner"), piece(15, 20, "later"));
  }

  @Test
  void ofOneInstantTheHighestOrderHolds() {
    assertThat(
            Track.of(
                WHOLE,
                "before",
                List.of(
                    new Change<>(12, 2, "last"),
                    new Change<>(12, 0, "first"),
                    new Change<>(12, 1, "second"))))
        .isEqualTo(new Track<>(WHOLE, List.of(piece(10, 12, "before"), piece(12, 20, "last"))));
  }

  @Test
  void changesBeforeTheSpanDecideItsBeginThoseAfterItNothing() {
    assertThat(
            Track.of(
                WHOLE,
                "before",
                List.of(
                    new Change<>(3, 0, "long ago"),
                    new Change<>(9, 0, "just before"),
                    new Change<>(20, 0, "at the end"),
                    new Change<>(30, 0, "after it"))))
        .isEqualTo(Track.constant(WHOLE, "just before"));
    assertThat(Track.of(WHOLE, "before", List.of(new Change<>(10, 0, "at the begin"))))
        .isEqualTo(Track.constant(WHOLE, "at the begin"));
  }

  @Test
  void twoWordsOfOneInstantAndOrderAreRefusedIfTheyDiffer() {
    assertThatThrownBy(
            () ->
                Track.of(
                    WHOLE, "", List.of(new Change<>(12, 0, "one"), new Change<>(12, 0, "two"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            Track.of(WHOLE, "", List.of(new Change<>(12, 0, "one"), new Change<>(12, 0, "one")))
                .at(12))
        .isEqualTo("one");
    assertThatThrownBy(() -> new Change<>(12, -1, "one"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatDoesNotCoverTheWholeIsRefused() {
    List<List<Piece<String>>> wrong =
        List.of(
            List.of(),
            List.of(piece(10, 19, "short")),
            List.of(piece(11, 20, "late")),
            List.of(piece(9, 20, "early")),
            List.of(piece(10, 21, "long")),
            List.of(piece(10, 14, "gap"), piece(15, 20, "after")),
            List.of(piece(10, 15, "overlap"), piece(14, 20, "after")),
            List.of(piece(15, 20, "descending"), piece(10, 15, "after")));
    for (List<Piece<String>> pieces : wrong) {
      assertThatThrownBy(() -> new Track<>(WHOLE, pieces))
          .as("%s", pieces)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void equalNeighboursAreOnePiece() {
    assertThat(
            new Track<>(WHOLE, List.of(piece(10, 12, "a"), piece(12, 15, "a"), piece(15, 20, "a"))))
        .isEqualTo(Track.constant(WHOLE, "a"));
  }

  @Test
  void whatIsNotInTheWholeIsNotAnswered() {
    Track<String> track = Track.constant(WHOLE, "a");
    for (long outside : new long[] {9, 20}) {
      assertThatThrownBy(() -> track.at(outside)).isInstanceOf(IllegalArgumentException.class);
    }
    for (Span outside : List.of(new Span(9, 12), new Span(12, 21), new Span(30, 40))) {
      assertThatThrownBy(() -> track.within(outside)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> track.with(Track.constant(new Span(10, 21), "b"), String::concat))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atEachInstantTheLatestChangeHolds() {
    Seeded.check(
        RUNS,
        random -> {
          Span whole = RandomTime.span(random);
          List<Change<Integer>> changes = RandomTime.changes(random, whole);
          Track<Integer> track = Track.of(whole, -1, changes);
          requireValues(
              track,
              whole,
              t ->
                  changes.stream()
                      .filter(change -> change.micros() <= t)
                      .max(
                          Comparator.<Change<Integer>>comparingLong(Change::micros)
                              .thenComparingInt(Change::order))
                      .map(Change::value)
                      .orElse(-1));
          Collections.shuffle(changes, new Random(random.nextLong()));
          assertThat(Track.of(whole, -1, changes)).isEqualTo(track);
        });
  }

  @Test
  void aPartHasTheSameValues() {
    Seeded.check(
        RUNS,
        random -> {
          Span whole = RandomTime.span(random);
          Track<Integer> track = RandomTime.track(random, whole);
          Span part = RandomTime.spanIn(random, whole);
          Track<Integer> within = track.within(part);
          requireValues(within, part, track::at);
          Span smaller = RandomTime.spanIn(random, part);
          assertThat(within.within(smaller)).isEqualTo(track.within(smaller));
          assertThat(track.within(whole)).isEqualTo(track);
        });
  }

  @Test
  void functionsAreOfEachInstant() {
    Seeded.check(
        RUNS,
        random -> {
          Span whole = RandomTime.span(random);
          Track<Integer> one = RandomTime.track(random, whole);
          Track<Integer> other = RandomTime.track(random, whole);
          requireValues(one.map(v -> v / 2), whole, t -> one.at(t) / 2);
          requireValues(
              one.with(other, (a, b) -> Math.min(a, b)),
              whole,
              t -> Math.min(one.at(t), other.at(t)));
          assertThat(one.with(other, (a, b) -> a)).isEqualTo(one);
          assertThat(other.with(one, (a, b) -> b)).isEqualTo(one);
        });
  }

  @Test
  void paintCoversWhatIsBelowAndNothingElse() {
    Seeded.check(
        RUNS,
        random -> {
          Span whole = RandomTime.span(random);
          Track<Integer> track = RandomTime.track(random, whole);
          Span on = RandomTime.span(random);
          int value = random.nextInt(5);
          requireValues(track.painted(on, value), whole, t -> on.contains(t) ? value : track.at(t));
        });
  }

  /** It covers the whole, has no equal neighbours, and has these values. */
  private static <V> void requireValues(Track<V> track, Span whole, LongFunction<V> expected) {
    assertThat(track.whole()).isEqualTo(whole);
    long from = whole.fromMicros();
    List<V> values = new ArrayList<>();
    for (Piece<V> piece : track.pieces()) {
      assertThat(piece.span().fromMicros()).isEqualTo(from);
      from = piece.span().toMicros();
      assertThat(values.isEmpty() || !values.getLast().equals(piece.value())).isTrue();
      values.add(piece.value());
      for (long t = piece.span().fromMicros(); t < from; t++) {
        assertThat(piece.value()).isEqualTo(expected.apply(t));
        assertThat(track.at(t)).isEqualTo(piece.value());
      }
    }
    assertThat(from).isEqualTo(whole.toMicros());
  }

  private static Piece<String> piece(long from, long to, String value) {
    return new Piece<>(new Span(from, to), value);
  }
}
