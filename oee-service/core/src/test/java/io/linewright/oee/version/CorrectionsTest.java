package io.linewright.oee.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.oee.calendar.Plans;
import io.linewright.oee.calendar.Shift;
import io.linewright.oee.element.Elements;
import io.linewright.oee.element.RandomElements;
import io.linewright.oee.engine.hash.InputHash;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CorrectionsTest {

  private static final int RUNS = 1_000;
  private static final List<String> MACHINES = List.of("l/a", "l/b", "l/c", "l/d");
  private static final Span EARLY = Plans.span("2026-03-10T06:00Z", "2026-03-10T14:00Z");
  private static final Elements SOME = RandomElements.known(new Random(1), Duration.ofSeconds(3));

  @Test
  void theFirstVersionTellsAllMachines() {
    ShiftFigures figures = figures(Map.of("l/a", Elements.NONE, "l/b", SOME));
    ResultVersion first = Corrections.next(null, figures, hash(1)).orElseThrow();
    assertThat(first).isEqualTo(new ResultVersion(1, hash(1), figures, Set.of("l/a", "l/b")));
    assertThat(first.correction()).isFalse();
  }

  @Test
  void equalFiguresAreNotToldAgainWhateverTheyWereComputedFrom() {
    Seeded.check(
        RUNS,
        random -> {
          ResultVersion told = any(random);
          // Made again, so that it is not the same object.
          ShiftFigures again = figures(new TreeMap<>(told.figures().machines()));
          assertThat(Corrections.next(told, again, told.inputs())).isEmpty();
          assertThat(Corrections.next(told, again, hash(random.nextLong()))).isEmpty();
        });
  }

  @Test
  void otherFiguresAreTheNextVersionOfTheMachinesThatChanged() {
    Seeded.check(
        RUNS,
        random -> {
          ResultVersion told = any(random);
          SortedMap<String, Elements> now = new TreeMap<>(told.figures().machines());
          Set<String> changed = new HashSet<>();
          for (String machine : MACHINES) {
            switch (random.nextInt(4)) {
              case 0 -> {
                if (now.remove(machine) != null) {
                  changed.add(machine);
                }
              }
              case 1 -> {
                now.merge(machine, SOME, Elements::plus);
                changed.add(machine);
              }
              default -> {}
            }
          }
          InputHash inputs = random.nextBoolean() ? told.inputs() : hash(random.nextLong());
          Optional<ResultVersion> next = Corrections.next(told, figures(now), inputs);
          assertThat(next)
              .isEqualTo(
                  changed.isEmpty()
                      ? Optional.empty()
                      : Optional.of(
                          new ResultVersion(told.version() + 1, inputs, figures(now), changed)));
          next.ifPresent(
              version -> {
                assertThat(version.correction()).isTrue();
                // Told once, it is not told again; told back, it is a version of its own.
                assertThat(Corrections.next(version, figures(now), hash(7))).isEmpty();
                ResultVersion back =
                    Corrections.next(version, told.figures(), told.inputs()).orElseThrow();
                assertThat(back.version()).isEqualTo(told.version() + 2);
                assertThat(back.changed()).isEqualTo(version.changed());
              });
        });
  }

  @Test
  void figuresOfALineAreTheSumOfItsMachines() {
    Seeded.check(
        100,
        random -> {
          Collection<Elements> machines = any(random).figures().machines().values();
          Elements sum = Elements.NONE;
          for (Elements one : machines) {
            sum = one.plus(sum);
          }
          SortedMap<String, Elements> named = new TreeMap<>();
          machines.forEach(one -> named.put("m" + named.size(), one));
          assertThat(figures(named).sum()).isEqualTo(sum);
        });
  }

  @Test
  void anotherCrewOrSpanIsACorrectionThoughNoMachineChanged() {
    ShiftFigures before = figures(Map.of("l/a", SOME));
    ResultVersion told = Corrections.next(null, before, hash(1)).orElseThrow();
    Shift longer = new Shift("plant", "early", Plans.day("2026-03-10"), new Span(0, 9), "crew B");
    ResultVersion next =
        Corrections.next(told, new ShiftFigures("l", longer, before.machines()), hash(1))
            .orElseThrow();
    assertThat(next.version()).isEqualTo(2);
    assertThat(next.changed()).isEmpty();
  }

  @Test
  void figuresOfAnotherShiftOrLineAreNoVersion() {
    ShiftFigures early = figures(Map.of("l/a", SOME));
    ResultVersion told = Corrections.next(null, early, hash(1)).orElseThrow();
    for (ShiftFigures other :
        List.of(
            new ShiftFigures("k", early.shift(), early.machines()),
            new ShiftFigures("l", shift("plant", "late", "2026-03-10"), early.machines()),
            new ShiftFigures("l", shift("plant", "early", "2026-03-11"), early.machines()),
            new ShiftFigures("l", shift("other", "early", "2026-03-10"), early.machines()))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Corrections.next(told, other, hash(1)));
    }
  }

  @Test
  void numbersOfVersionsDoNotWrapAround() {
    ShiftFigures figures = figures(Map.of("l/a", SOME));
    ResultVersion last = new ResultVersion(Integer.MAX_VALUE, hash(1), figures, Set.of());
    assertThatThrownBy(() -> Corrections.next(last, figures(Map.of()), hash(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResultVersion(0, hash(1), figures, Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> figures(Map.of("", SOME)));
  }

  private static ResultVersion any(RandomGenerator random) {
    SortedMap<String, Elements> machines = new TreeMap<>();
    for (String machine : MACHINES) {
      if (random.nextBoolean()) {
        machines.put(machine, RandomElements.one(random));
      }
    }
    return new ResultVersion(
        1 + random.nextInt(9), hash(random.nextLong()), figures(machines), machines.keySet());
  }

  private static ShiftFigures figures(Map<String, Elements> machines) {
    return new ShiftFigures("l", shift("plant", "early", "2026-03-10"), new TreeMap<>(machines));
  }

  private static Shift shift(String calendar, String name, String day) {
    return new Shift(calendar, name, Plans.day(day), EARLY, null);
  }

  private static InputHash hash(long number) {
    return InputHash.ofBytes(ByteBuffer.allocate(16).putLong(number).array());
  }
}
