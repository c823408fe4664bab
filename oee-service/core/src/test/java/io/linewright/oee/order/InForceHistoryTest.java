package io.linewright.oee.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import io.linewright.testkit.property.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InForceHistoryTest {

  private static final Span WHOLE = new Span(0, 100);
  private static final Map<String, ProductionOrder> ORDERS =
      Map.of(
          "O-1", order("O-1", "P-1", "L-1"),
          "O-2", order("O-2", "P-2", null));

  @Test
  void whatTheMachineSaysHoldsUntilItSaysOtherwise() {
    Track<InForce> track =
        history(
            List.of(
                said(TrackKind.ORDER, -5, "O-2"),
                said(TrackKind.ORDER, 40, "O-1"),
                said(TrackKind.SERIAL, 50, "S-7"),
                said(TrackKind.ORDER, 60, null),
                said(TrackKind.SERIAL, 60, null),
                said(TrackKind.ORDER, 70, " "),
                said(TrackKind.SERIAL, 80, "")),
            List.of());
    assertThat(track.at(0)).isEqualTo(new InForce("O-2", "P-2", null, null));
    assertThat(track.at(40)).isEqualTo(new InForce("O-1", "P-1", "L-1", null));
    assertThat(track.at(69)).isEqualTo(new InForce("O-1", "P-1", "L-1", "S-7"));
    assertThat(track.at(70)).isEqualTo(new InForce(null, "P-0", null, "S-7"));
    assertThat(track.at(80)).isEqualTo(new InForce(null, "P-0", null, null));
  }

  @Test
  void theTagsOfProductAndLotWinOverTheOrderThatTheMachineNames() {
    Track<InForce> track =
        history(
            List.of(
                said(TrackKind.ORDER, 0, "O-1"),
                said(TrackKind.PRODUCT, 10, "P-9"),
                said(TrackKind.LOT, 20, " L-9\n")),
            List.of());
    assertThat(track.at(9)).isEqualTo(new InForce("O-1", "P-1", "L-1", null));
    assertThat(track.at(10)).isEqualTo(new InForce("O-1", "P-9", "L-1", null));
    assertThat(track.at(20)).isEqualTo(new InForce("O-1", "P-9", "L-9", null));
  }

  @Test
  void whatSomebodySaysWinsOverTheMachine() {
    List<ContextWord> said =
        List.of(
            said(TrackKind.ORDER, 0, "O-2"),
            said(TrackKind.PRODUCT, 0, "P-9"),
            said(TrackKind.LOT, 0, "L-9"));
    Track<InForce> track =
        history(
            said,
            List.of(
                word(3, null, 40, 50),
                word(1, "O-1", 10, 60),
                word(2, "O-2", 20, 30),
                word(4, "O-7", 80, 500)));
    assertThat(track.at(9)).isEqualTo(new InForce("O-2", "P-9", "L-9", null));
    assertThat(track.at(10)).isEqualTo(new InForce("O-1", "P-1", "L-1", null));
    assertThat(track.at(20)).isEqualTo(new InForce("O-2", "P-2", "L-9", null));
    assertThat(track.at(30)).isEqualTo(new InForce("O-1", "P-1", "L-1", null));
    assertThat(track.at(40)).isEqualTo(new InForce("O-2", "P-9", "L-9", null));
    assertThat(track.at(50)).isEqualTo(new InForce("O-1", "P-1", "L-1", null));
    assertThat(track.at(60)).isEqualTo(track.at(9));
    assertThat(track.at(99)).isEqualTo(new InForce("O-7", "P-9", "L-9", null));
  }

  @Test
  void anUnknownOrderHoldsWithoutProduct() {
    assertThat(
            InForceHistory.of(
                WHOLE, List.of(said(TrackKind.ORDER, 0, "O-7")), List.of(), ORDERS, null))
        .isEqualTo(Track.constant(WHOLE, new InForce("O-7", null, null, null)));
    assertThat(InForceHistory.of(WHOLE, List.of(), List.of(), ORDERS, null))
        .isEqualTo(Track.constant(WHOLE, InForce.NOTHING));
  }

  @Test
  void ofSeveralTagsOfAKindTheOneThatSpokeLastHolds() {
    TrackName left = new TrackName(TrackKind.LOT, "left");
    TrackName right = new TrackName(TrackKind.LOT, "right");
    Track<InForce> track =
        history(
            List.of(
                new ContextWord(right, 10, 0, "L-1"),
                new ContextWord(left, 10, 1, "L-2"),
                new ContextWord(left, 20, 0, "L-3"),
                new ContextWord(left, 20, 1, "L-4")),
            List.of());
    assertThat(track.at(10).lot()).isEqualTo("L-1");
    assertThat(track.at(20).lot()).isEqualTo("L-4");
  }

  @Test
  void twoWordsThatNobodyCanOrderAreRefused() {
    assertThatThrownBy(
            () ->
                history(
                    List.of(said(TrackKind.ORDER, 5, "O-1"), said(TrackKind.ORDER, 5, "O-2")),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> history(List.of(), List.of(word(1, "O-1", 0, 5), word(1, "O-2", 0, 5))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> word(0, "O-1", 0, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> word(1, "", 0, 5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void atEachInstantItIsWhatOneWouldSayOfThatInstantAlone() {
    Seeded.check(
        5_000,
        random -> {
          List<ContextWord> said = new ArrayList<>();
          for (TrackKind kind :
              List.of(TrackKind.ORDER, TrackKind.PRODUCT, TrackKind.LOT, TrackKind.SERIAL)) {
            int count = random.nextInt(5);
            for (int i = 0; i < count; i++) {
              String letter = kind.name().substring(0, 1);
              said.add(
                  new ContextWord(
                      new TrackName(kind, "tag" + random.nextInt(2)),
                      random.nextInt(-5, 30),
                      i,
                      switch (random.nextInt(6)) {
                        case 0 -> null;
                        case 1 -> " ";
                        default -> letter + "-" + random.nextInt(4);
                      }));
            }
          }
          List<RunWord> words = new ArrayList<>();
          int count = random.nextInt(4);
          for (int i = 0; i < count; i++) {
            long from = random.nextInt(-5, 28);
            words.add(
                word(
                    i + 1,
                    random.nextInt(4) == 0 ? null : "O-" + random.nextInt(4),
                    from,
                    from + 1 + random.nextInt(12)));
          }
          Span whole = new Span(0, 30);
          String usually = random.nextBoolean() ? "P-0" : null;
          Track<InForce> track = InForceHistory.of(whole, said, words, ORDERS, usually);
          for (long t = 0; t < 30; t++) {
            assertThat(track.at(t)).as("at %d", t).isEqualTo(plainly(t, said, words, usually));
          }
          said.addAll(List.copyOf(said));
          Collections.shuffle(said, new Random(random.nextLong()));
          Collections.shuffle(words, new Random(random.nextLong()));
          assertThat(InForceHistory.of(whole, said, words, ORDERS, usually)).isEqualTo(track);
          Span part = new Span(7, 19);
          assertThat(InForceHistory.of(part, said, words, ORDERS, usually))
              .isEqualTo(track.within(part));
        });
  }

  private static InForce plainly(
      long t, List<ContextWord> said, List<RunWord> words, @Nullable String usually) {
    Optional<String> ordered =
        words.stream()
            .filter(word -> word.span().contains(t))
            .max(Comparator.comparingLong(RunWord::version))
            .map(RunWord::order);
    String order = ordered.orElse(last(TrackKind.ORDER, t, said));
    ProductionOrder known = order == null ? null : ORDERS.get(order);
    List<@Nullable String> products = new ArrayList<>();
    List<@Nullable String> lots = new ArrayList<>();
    products.add(last(TrackKind.PRODUCT, t, said));
    lots.add(last(TrackKind.LOT, t, said));
    if (known != null) {
      int place = ordered.isPresent() ? 0 : 1;
      products.add(place, known.product());
      lots.add(place, known.lot());
    }
    products.add(usually);
    return new InForce(order, first(products), first(lots), last(TrackKind.SERIAL, t, said));
  }

  private static @Nullable String first(List<@Nullable String> any) {
    return any.stream().filter(one -> one != null).findFirst().orElse(null);
  }

  private static @Nullable String last(TrackKind kind, long t, List<ContextWord> said) {
    String value =
        said.stream()
            .filter(word -> word.track().kind() == kind && word.micros() <= t)
            .filter(word -> word.value() != null)
            .max(Comparator.naturalOrder())
            .map(ContextWord::value)
            .orElse("");
    return value.isBlank() ? null : value;
  }

  private static Track<InForce> history(List<ContextWord> said, List<RunWord> words) {
    return InForceHistory.of(WHOLE, said, words, ORDERS, "P-0");
  }

  private static ContextWord said(TrackKind kind, long micros, @Nullable String value) {
    return new ContextWord(new TrackName(kind, "tag"), micros, 0, value);
  }

  private static RunWord word(long version, @Nullable String order, long from, long to) {
    return new RunWord(version, "acme/press-01", order, new Span(from, to), "ann");
  }

  private static ProductionOrder order(String id, String product, @Nullable String lot) {
    return new ProductionOrder(
        id,
        product,
        Quantity.of(10),
        UcumUnit.ONE,
        lot,
        null,
        null,
        null,
        0,
        OrderState.RUNNING,
        null);
  }
}
