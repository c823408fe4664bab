package io.linewright.oee.state;

import static io.linewright.oee.state.Said.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.event.Loss;
import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.time.Piece;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataGapsTest {

  private static final Span WHOLE = new Span(100, 200);
  private static final Knowledge ALL = complete(1_000, 1_000);

  @Test
  void withoutLossesAllIsKnown() {
    assertThat(DataGaps.of(WHOLE, List.of(), null, List.of(), ALL))
        .isEqualTo(Track.constant(WHOLE, Known.KNOWN));
  }

  @Test
  void aLossLastsUntilTheStateIsToldAgainAlsoIfItIsTheSame() {
    assertThat(
            gaps(
                List.of(loss(120, 130)),
                said(50, "RUNNING"),
                List.of(said(125, "DOWN"), said(140, "RUNNING"), said(180, "DOWN"))))
        .containsExactly(
            piece(100, 120, Known.KNOWN),
            piece(120, 140, Known.NO_DATA),
            piece(140, 200, Known.KNOWN));
  }

  @Test
  void aWordAtTheEndOfALossEndsIt() {
    assertThat(gaps(List.of(loss(120, 130)), null, List.of(said(130, "RUNNING"))))
        .containsExactly(
            piece(100, 120, Known.KNOWN),
            piece(120, 130, Known.NO_DATA),
            piece(130, 200, Known.KNOWN));
  }

  @Test
  void aLossOfAnInstantLastsUntilTheNextWord() {
    assertThat(gaps(List.of(loss(120, 120)), said(50, "RUNNING"), List.of(said(121, "RUNNING"))))
        .containsExactly(
            piece(100, 120, Known.KNOWN),
            piece(120, 121, Known.NO_DATA),
            piece(121, 200, Known.KNOWN));
    assertThat(gaps(List.of(loss(120, 120)), said(50, "RUNNING"), List.of(said(120, "RUNNING"))))
        .containsExactly(piece(100, 200, Known.KNOWN));
  }

  @Test
  void aLossBeforeTheTimeGoesOnUntilTheNextWord() {
    List<StateSaid> events = List.of(said(110, "RUNNING"));
    assertThat(gaps(List.of(loss(60, 70)), said(65, "RUNNING"), events))
        .containsExactly(piece(100, 110, Known.NO_DATA), piece(110, 200, Known.KNOWN));
    assertThat(gaps(List.of(loss(60, 70)), said(70, "RUNNING"), events))
        .containsExactly(piece(100, 200, Known.KNOWN));
  }

  @Test
  void aLossAfterWhichNothingIsToldLastsToTheEnd() {
    assertThat(gaps(List.of(loss(120, 130)), said(50, "RUNNING"), List.of()))
        .containsExactly(piece(100, 120, Known.KNOWN), piece(120, 200, Known.NO_DATA));
  }

  @Test
  void twoLossesThatEndInOneInstantAndOneLongerThanTheTimeAreLosses() {
    assertThat(
            gaps(
                List.of(loss(150, 160), loss(120, 160)),
                said(50, "RUNNING"),
                List.of(said(170, "RUNNING"))))
        .containsExactly(
            piece(100, 120, Known.KNOWN),
            piece(120, 170, Known.NO_DATA),
            piece(170, 200, Known.KNOWN));
    assertThat(gaps(List.of(loss(-9_000, 9_000)), said(50, "RUNNING"), List.of(said(170, "DOWN"))))
        .containsExactly(piece(100, 200, Known.NO_DATA));
  }

  @Test
  void aLossOfOtherTagsIsNone() {
    List<StateSaid> events = List.of(said(110, "RUNNING"));
    Loss other = new Loss("1", 120, 130, Set.of("energy"));
    assertThat(gaps(List.of(other), null, events)).containsExactly(piece(100, 200, Known.KNOWN));
    assertThat(gaps(List.of(new Loss("1", 120, 130, Set.of("state"))), null, events))
        .containsExactly(piece(100, 120, Known.KNOWN), piece(120, 200, Known.NO_DATA));
  }

  @Test
  void whatIsNotThereYetIsPendingUntilItIsDecided() {
    List<StateSaid> events = List.of(said(110, "RUNNING"), said(190, "DOWN"));
    assertThat(DataGaps.of(WHOLE, List.of(), null, events, complete(150, 0)).pieces())
        .containsExactly(piece(100, 150, Known.KNOWN), piece(150, 200, Known.PENDING));
    assertThat(DataGaps.of(WHOLE, List.of(), null, events, complete(150, 170)).pieces())
        .containsExactly(
            piece(100, 150, Known.KNOWN),
            piece(150, 170, Known.NO_DATA),
            piece(170, 200, Known.PENDING));
    assertThat(DataGaps.of(WHOLE, List.of(), null, events, complete(150, 500)).pieces())
        .containsExactly(piece(100, 150, Known.KNOWN), piece(150, 200, Known.NO_DATA));
    assertThat(DataGaps.of(WHOLE, List.of(), null, events, complete(20, 0)).pieces())
        .containsExactly(piece(100, 200, Known.PENDING));
    assertThat(DataGaps.of(WHOLE, List.of(), null, events, complete(200, 0)).pieces())
        .containsExactly(piece(100, 200, Known.KNOWN));
  }

  @Test
  void aLossThatHasNotEndedIsPendingWhereDataMayStillCome() {
    assertThat(
            DataGaps.of(
                    WHOLE,
                    List.of(loss(120, 130)),
                    said(50, "RUNNING"),
                    List.of(),
                    complete(150, 0))
                .pieces())
        .containsExactly(
            piece(100, 120, Known.KNOWN),
            piece(120, 150, Known.NO_DATA),
            piece(150, 200, Known.PENDING));
  }

  @Test
  void aMachineThatWasImportedOnceDoesNotHoldItsLastStateForEver() {
    Knowledge hour = new Knowledge(OptionalLong.empty(), 150, 190, Duration.ofNanos(20_999));
    assertThat(hour.knownUntil()).isEqualTo(170);
    assertThat(DataGaps.of(WHOLE, List.of(), said(50, "RUNNING"), List.of(), hour).pieces())
        .containsExactly(
            piece(100, 170, Known.KNOWN),
            piece(170, 190, Known.NO_DATA),
            piece(190, 200, Known.PENDING));
  }

  @Test
  void theEndOfKnowledgeSaturates() {
    Duration ever = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(new Knowledge(OptionalLong.empty(), Long.MIN_VALUE, 0, ever).knownUntil())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(new Knowledge(OptionalLong.empty(), 5, 0, ever).knownUntil())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(new Knowledge(OptionalLong.empty(), 5, 0, Duration.ZERO).knownUntil()).isEqualTo(5);
    assertThat(new Knowledge(OptionalLong.of(7), 900, 0, ever).knownUntil()).isEqualTo(7);
    assertThatThrownBy(() -> new Knowledge(OptionalLong.empty(), 5, 0, Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atEachInstantItIsAsTheRuleSays() {
    Seeded.check(
        5_000,
        random -> {
          Span whole = new Span(0, 1 + random.nextInt(30));
          List<StateSaid> events = Said.any(random, whole);
          StateSaid before = random.nextBoolean() ? said(-2 - random.nextInt(20), "RUNNING") : null;
          List<Loss> losses = losses(random);
          Knowledge knowledge =
              new Knowledge(
                  random.nextBoolean()
                      ? OptionalLong.of(random.nextInt(-5, 40))
                      : OptionalLong.empty(),
                  random.nextInt(-5, 30),
                  random.nextInt(-5, 40),
                  Duration.ofNanos(1_000L * random.nextInt(20)));
          Track<Known> known = DataGaps.of(whole, losses, before, events, knowledge);
          for (long t = 0; t < whole.toMicros(); t++) {
            assertThat(known.at(t)).isEqualTo(expected(t, losses, before, events, knowledge));
          }
        });
  }

  /** In no loss after which nothing was told yet, and before the end of what is known. */
  private static Known expected(
      long t,
      List<Loss> losses,
      @Nullable StateSaid before,
      List<StateSaid> events,
      Knowledge knowledge) {
    if (t >= knowledge.knownUntil()) {
      return t < knowledge.decidedUntil() ? Known.NO_DATA : Known.PENDING;
    }
    List<StateSaid> all = new ArrayList<>(events);
    if (before != null) {
      all.add(before);
    }
    for (Loss loss : losses) {
      boolean toldSince =
          all.stream()
              .anyMatch(said -> loss.toMicros() <= said.key().micros() && said.key().micros() <= t);
      if (!all.isEmpty() && loss.mayConcern("state") && loss.fromMicros() <= t && !toldSince) {
        return Known.NO_DATA;
      }
    }
    return Known.KNOWN;
  }

  private static List<Loss> losses(RandomGenerator random) {
    List<Loss> losses = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      long from = random.nextInt(-20, 40);
      losses.add(
          new Loss(
              "loss " + i,
              from,
              from + random.nextInt(20),
              random.nextInt(3) == 0 ? Set.of("energy") : null));
    }
    return losses;
  }

  private static List<Piece<Known>> gaps(
      List<Loss> losses, @Nullable StateSaid before, List<StateSaid> events) {
    return DataGaps.of(WHOLE, losses, before, events, ALL).pieces();
  }

  private static Loss loss(long from, long to) {
    return new Loss("loss " + from, from, to, null);
  }

  private static Knowledge complete(long until, long decidedUntil) {
    return new Knowledge(OptionalLong.of(until), 0, decidedUntil, Duration.ZERO);
  }

  private static Piece<Known> piece(long from, long to, Known known) {
    return new Piece<>(new Span(from, to), known);
  }
}
