package io.linewright.oee.count;

import static io.linewright.oee.count.CountBasis.Unknown.GOOD;
import static io.linewright.oee.count.CountBasis.Unknown.PRODUCED;
import static io.linewright.oee.count.CountBasis.Unknown.REJECT;
import static io.linewright.oee.count.CountBasis.Unknown.REWORK;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.count.CountBasis.Unknown;
import io.linewright.oee.event.TrackKind;
import io.linewright.oee.event.TrackName;
import io.linewright.oee.quantity.Quantity;
import io.linewright.testkit.property.Seeded;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountBasisTest {

  @Test
  void whatFollowsFromWhichCounters() {
    // 100 in all: 80 good, 15 rejected, 5 reworked
    check("TGRW", 100, 80, 15, 5);
    check("TGR-", 100, 80, 15, 0, REWORK);
    check("TG-W", 100, 80, 15, 5);
    check("TG--", 100, 80, 20, 0, REWORK);
    check("T-RW", 100, 80, 15, 5);
    check("T-R-", 100, 85, 15, 0, REWORK);
    check("T--W", 100, 0, 0, 5, GOOD, REJECT);
    check("T---", 100, 0, 0, 0, GOOD, REJECT, REWORK);
    check("-GRW", 100, 80, 15, 5);
    check("-GR-", 95, 80, 15, 0, REWORK);
    check("-G-W", 85, 80, 0, 5, PRODUCED, REJECT);
    check("-G--", 80, 80, 0, 0, PRODUCED, REJECT, REWORK);
    check("--RW", 20, 0, 15, 5, PRODUCED, GOOD);
    check("--R-", 15, 0, 15, 0, PRODUCED, GOOD, REWORK);
    check("---W", 5, 0, 0, 5, PRODUCED, GOOD, REJECT);
    check("----", 0, 0, 0, 0, PRODUCED, GOOD, REJECT, REWORK);
  }

  @Test
  void aCounterWithoutReadingIsThereAndCountedNothing() {
    CountBasis basis =
        CountBasis.of(
            EnumSet.of(CountKind.TOTAL, CountKind.REJECT), Map.of(CountKind.TOTAL, Quantity.of(7)));
    assertThat(basis.good()).isEqualTo(Quantity.of(7));
    assertThat(basis.unknown()).containsExactly(REWORK);
  }

  @Test
  void moreRejectedThanMadeStaysNegative() {
    CountBasis basis =
        CountBasis.of(
            EnumSet.of(CountKind.TOTAL, CountKind.REJECT),
            Map.of(CountKind.TOTAL, Quantity.of(3), CountKind.REJECT, Quantity.of(5)));
    assertThat(basis.good()).isEqualTo(Quantity.of(-2));
  }

  @Test
  void countersOfAllGoodAndRejectedOnesMayDisagree() {
    Set<CountKind> three = EnumSet.of(CountKind.TOTAL, CountKind.GOOD, CountKind.REJECT);
    CountBasis more = CountBasis.of(three, sums(11, 8, 2, 0));
    assertThat(more.disagree()).isTrue();
    assertThat(more.difference()).isEqualTo(Quantity.of(1));
    CountBasis less = CountBasis.of(three, sums(9, 8, 2, 0));
    assertThat(more.difference().plus(less.difference())).isEqualTo(Quantity.ZERO);
    assertThat(CountBasis.of(three, sums(10, 8, 2, 0)).disagree()).isFalse();
    assertThat(
            CountBasis.of(EnumSet.of(CountKind.TOTAL, CountKind.GOOD), sums(11, 8, 0, 0))
                .disagree())
        .isFalse();
  }

  @Test
  void aCorrectionWithoutACounterMakesNothingKnown() {
    CountBasis basis = CountBasis.of(EnumSet.of(CountKind.TOTAL), sums(10, 4, 0, 0));
    assertThat(basis.good()).isEqualTo(Quantity.of(4));
    assertThat(basis.unknown()).containsExactly(GOOD, REJECT, REWORK);
  }

  @Test
  void presentIsWhatHasATrack() {
    assertThat(
            CountBasis.present(
                List.of(
                    new TrackName(TrackKind.GOOD, "a"),
                    new TrackName(TrackKind.GOOD, "b"),
                    new TrackName(TrackKind.TOTAL, "c"),
                    new TrackName(TrackKind.STATE, "d"))))
        .containsExactly(CountKind.GOOD, CountKind.TOTAL);
    for (TrackKind kind : TrackKind.values()) {
      assertThat(CountKind.of(kind).map(Enum::name))
          .isEqualTo(
              EnumSet.of(TrackKind.GOOD, TrackKind.REJECT, TrackKind.REWORK, TrackKind.TOTAL)
                      .contains(kind)
                  ? Optional.of(kind.name())
                  : Optional.empty());
    }
  }

  /** So that cells may be summed before or after. */
  @Test
  void theBasisOfASumIsTheSumOfTheBases() {
    Seeded.check(
        5_000,
        random -> {
          Set<CountKind> present = EnumSet.noneOf(CountKind.class);
          for (CountKind kind : CountKind.values()) {
            if (random.nextBoolean()) {
              present.add(kind);
            }
          }
          Map<CountKind, Quantity> one = new EnumMap<>(CountKind.class);
          Map<CountKind, Quantity> other = new EnumMap<>(CountKind.class);
          Map<CountKind, Quantity> both = new EnumMap<>(CountKind.class);
          for (CountKind kind : CountKind.values()) {
            one.put(kind, Quantity.of(random.nextInt(-5, 50)));
            other.put(kind, Quantity.of(random.nextInt(-5, 50)));
            both.put(kind, one.get(kind).plus(other.get(kind)));
          }
          CountBasis a = CountBasis.of(present, one);
          CountBasis b = CountBasis.of(present, other);
          assertThat(CountBasis.of(present, both))
              .isEqualTo(
                  new CountBasis(
                      a.produced().plus(b.produced()),
                      a.good().plus(b.good()),
                      a.reject().plus(b.reject()),
                      a.rework().plus(b.rework()),
                      a.difference().plus(b.difference()),
                      a.unknown()));
        });
  }

  private static void check(
      String there, int produced, int good, int reject, int rework, Unknown... unknown) {
    Set<CountKind> present = EnumSet.noneOf(CountKind.class);
    Map<CountKind, Quantity> sums = new EnumMap<>(CountKind.class);
    put(there, 'T', CountKind.TOTAL, 100, present, sums);
    put(there, 'G', CountKind.GOOD, 80, present, sums);
    put(there, 'R', CountKind.REJECT, 15, present, sums);
    put(there, 'W', CountKind.REWORK, 5, present, sums);
    CountBasis basis = CountBasis.of(present, sums);
    assertThat(List.of(basis.produced(), basis.good(), basis.reject(), basis.rework()))
        .as(there)
        .containsExactly(
            Quantity.of(produced), Quantity.of(good), Quantity.of(reject), Quantity.of(rework));
    assertThat(basis.unknown()).as(there).containsExactly(unknown);
  }

  private static void put(
      String there,
      char letter,
      CountKind kind,
      int count,
      Set<CountKind> present,
      Map<CountKind, Quantity> sums) {
    if (there.indexOf(letter) >= 0) {
      present.add(kind);
      sums.put(kind, Quantity.of(count));
    }
  }

  private static Map<CountKind, Quantity> sums(int total, int good, int reject, int rework) {
    return Map.of(
        CountKind.TOTAL, Quantity.of(total),
        CountKind.GOOD, Quantity.of(good),
        CountKind.REJECT, Quantity.of(reject),
        CountKind.REWORK, Quantity.of(rework));
  }
}
