package io.linewright.oee.downtime;

import static io.linewright.oee.downtime.Scene.SECOND;
import static io.linewright.oee.downtime.Scene.TREE;
import static io.linewright.oee.downtime.Scene.said;
import static io.linewright.oee.downtime.Scene.slices;
import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.oee.reason.ReasonSignal;
import io.linewright.oee.slice.Partition;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.slice.TimeSlice;
import io.linewright.oee.time.Span;
import io.linewright.testkit.property.Seeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DowntimeLawsTest {

  private static final StopRules RULES =
      new StopRules(
          Duration.ofSeconds(4), Duration.ofSeconds(12), true, StopRules.DEFAULT.startUp());

  @Test
  void timeIsDividedAsBeforeAndTheOrderOfWordsAndSignalsDoesNotMatter() {
    Seeded.check(
        5_000,
        random -> {
          List<TimeSlice> slices = slices(scene(random, 20));
          Span whole = slices.getFirst().span().hull(slices.getLast().span());
          List<ReasonSignal> signals = signals(random, whole);
          List<StopWord> words = words(random, whole);
          List<TimeSlice> judged = judge(slices, signals, words);
          Partition.require(whole, judged);
          Collections.shuffle(signals, new Random(random.nextLong()));
          Collections.shuffle(words, new Random(random.nextLong()));
          words.addAll(List.copyOf(words));
          assertThat(judge(slices, signals, words)).isEqualTo(judged);
          assertThat(LengthRules.apply(judged, micros -> RULES)).isEqualTo(judged);
          for (Stop stop : Stops.of(Scene.MACHINE, judged, words)) {
            assertThat(whole.covers(stop.span())).isTrue();
          }
        });
  }

  /** What is known of the calendar and of data nobody can say otherwise, nor is production lost. */
  @Test
  void onlyStopsChange() {
    Seeded.check(
        5_000,
        random -> {
          List<TimeSlice> slices = slices(scene(random, 20));
          Span whole = slices.getFirst().span().hull(slices.getLast().span());
          List<StopWord> words = words(random, whole);
          words.removeIf(word -> word instanceof StopWord.Merged);
          List<TimeSlice> judged = judge(slices, signals(random, whole), words);
          for (long t = whole.fromMicros(); t < whole.toMicros(); t += SECOND / 2) {
            TimeSlice before = at(slices, t);
            TimeSlice after = at(judged, t);
            if (before.said() != TimeCategory.PLANNED_STOP
                && (!before.category().plannedBusy()
                    || before.category() == TimeCategory.PRODUCTION
                    || before.category() == TimeCategory.NO_DATA)) {
              assertThat(after.category()).isEqualTo(before.category());
            } else {
              assertThat(after.category())
                  .isNotIn(TimeCategory.NO_DATA, TimeCategory.UNSCHEDULED, TimeCategory.PENDING);
            }
          }
        });
  }

  /** Production on both sides makes a window whole: this is how far a change of an instant goes. */
  @Test
  void whatLiesBetweenProductionDependsOnNothingElse() {
    Seeded.check(
        5_000,
        random -> {
          String one = scene(random, 6);
          String other = scene(random, 6);
          List<TimeSlice> left = slices("P5 " + one + " P5");
          List<TimeSlice> both = slices("P5 " + one + " P10 " + other + " P5");
          Span part = left.getFirst().span().hull(left.getLast().span());
          List<ReasonSignal> signals = signals(random, part);
          List<StopWord> words = words(random, part);
          assertThat(Partition.joined(Partition.within(judge(both, signals, words), part)))
              .isEqualTo(Partition.joined(judge(left, signals, words)));
        });
  }

  /** A stop that counts as production is beside it. */
  @Test
  void productionIsMadeOnlyBesideProduction() {
    Seeded.check(
        5_000,
        random -> {
          List<TimeSlice> slices = slices(scene(random, 20));
          List<TimeSlice> judged = LengthRules.apply(slices, micros -> RULES);
          for (int i = 0; i < slices.size(); i++) {
            if (judged.get(i).category() == slices.get(i).category()
                || judged.get(i).category() != TimeCategory.PRODUCTION) {
              continue;
            }
            assertThat(reaches(slices, i, 1) || reaches(slices, i, -1)).isTrue();
          }
        });
  }

  private static boolean reaches(List<TimeSlice> slices, int from, int step) {
    for (int i = from; i >= 0 && i < slices.size(); i += step) {
      TimeCategory category = slices.get(i).category();
      if (category == TimeCategory.NO_DATA
          || category == TimeCategory.UNSCHEDULED
          || category == TimeCategory.PENDING) {
        return false;
      }
      if (slices.get(i).said() == TimeCategory.PRODUCTION) {
        return true;
      }
    }
    return false;
  }

  private static List<TimeSlice> judge(
      List<TimeSlice> slices, List<ReasonSignal> signals, List<StopWord> words) {
    return LengthRules.apply(
        WordPainting.paint(SignalPainting.paint(slices, signals, TREE), words, TREE),
        micros -> RULES);
  }

  private static TimeSlice at(List<TimeSlice> slices, long micros) {
    return slices.stream().filter(s -> s.span().contains(micros)).findFirst().orElseThrow();
  }

  private static String scene(RandomGenerator random, int most) {
    StringBuilder scene = new StringBuilder();
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      scene
          .append(i == 0 ? "" : " ")
          .append("PPPMDBUSLnxwpbb".charAt(random.nextInt(15)))
          .append(1 + random.nextInt(8));
    }
    return scene.toString();
  }

  private static List<ReasonSignal> signals(RandomGenerator random, Span whole) {
    List<ReasonSignal> signals = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      signals.add(
          new ReasonSignal(
              random.nextLong(whole.fromMicros(), whole.toMicros()),
              i,
              switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> "";
                default -> "" + random.nextInt(5);
              }));
    }
    return signals;
  }

  private static List<StopWord> words(RandomGenerator random, Span whole) {
    List<StopWord> words = new ArrayList<>();
    int count = random.nextInt(6);
    long seconds = whole.micros() / SECOND;
    for (int i = 1; i <= count; i++) {
      long from = random.nextLong(seconds);
      long to = random.nextLong(from + 1, seconds + 1);
      StopWord.Said said = said(i, from, to);
      words.add(
          switch (random.nextInt(6)) {
            case 0 -> new StopWord.Unclassified(said);
            case 1 -> new StopWord.Split(said, (from + to) * SECOND / 2);
            case 2 -> new StopWord.Merged(said);
            case 3 -> new StopWord.Withdrawn(said, 1 + random.nextInt(5));
            default ->
                new StopWord.Classified(
                    said, List.of("ram", "jam", "change", "service").get(random.nextInt(4)));
          });
    }
    return words;
  }
}
