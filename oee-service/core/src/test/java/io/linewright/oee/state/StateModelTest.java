package io.linewright.oee.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.machine.MachineState;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.StateMeaning.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateModelTest {

  /** Numbers of the PackTags (ISA-TR88.00.02) and the default mapping of the standards. */
  @ParameterizedTest
  @CsvSource({
    "1, CLEARING, BREAKDOWN, INSIDE, true",
    "2, STOPPED, UNEXPLAINED, INSIDE, false",
    "3, STARTING, SETUP, INSIDE, false",
    "4, IDLE, DELAY, NEUTRAL, false",
    "5, SUSPENDED, DELAY, OUTSIDE, false",
    "6, EXECUTE, PRODUCTION, NEUTRAL, false",
    "7, STOPPING, UNEXPLAINED, INSIDE, false",
    "8, ABORTING, BREAKDOWN, INSIDE, true",
    "9, ABORTED, BREAKDOWN, INSIDE, true",
    "10, HOLDING, MINOR_STOP, INSIDE, false",
    "11, HELD, MINOR_STOP, INSIDE, false",
    "12, UNHOLDING, MINOR_STOP, INSIDE, false",
    "13, SUSPENDING, DELAY, OUTSIDE, false",
    "14, UNSUSPENDING, DELAY, OUTSIDE, false",
    "15, RESETTING, SETUP, INSIDE, false",
    "16, COMPLETING, DELAY, NEUTRAL, false",
    "17, COMPLETE, DELAY, NEUTRAL, false",
  })
  void packmlIsMappedByNumberAndName(
      String number, String name, TimeCategory category, Kind kind, boolean failure) {
    StateMeaning meaning = new StateMeaning(category, kind, failure);
    assertThat(Vocabularies.packml().of(number)).isEqualTo(meaning);
    assertThat(Vocabularies.packml().of(name)).isEqualTo(meaning);
    assertThat(Vocabularies.packml().of(name.toLowerCase(Locale.ROOT))).isEqualTo(meaning);
    assertThat(Vocabularies.standard().of(number)).isEqualTo(meaning);
    assertThat(MachineState.valueOf(name).number()).isEqualTo(Integer.parseInt(number));
  }

  @Test
  void packmlHas17StatesAndOtherNumbersAreStopsThatNobodyExplains() {
    assertThat(Vocabularies.packml().meanings()).hasSize(2 * 17);
    for (String other : List.of("0", "18", "-1", "06", "6.0")) {
      assertThat(Vocabularies.packml().of(other))
          .isEqualTo(new StateMeaning(TimeCategory.MINOR_STOP, Kind.INSIDE, false));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, PRODUCTION, NEUTRAL, false",
    "DOWN, BREAKDOWN, INSIDE, true",
    "BLOCKED, BLOCKED, OUTSIDE, false",
    "STARVED, STARVED, OUTSIDE, false",
    "SETUP, SETUP, INSIDE, false",
    "MINOR_STOP, MINOR_STOP, INSIDE, false",
    "IDLE, DELAY, NEUTRAL, false",
    "OFF, UNSCHEDULED, NEUTRAL, false",
    "PLANNED_STOP, PLANNED_STOP, NEUTRAL, false",
    "NO_DATA, NO_DATA, NEUTRAL, false",
    "ACTIVE, PRODUCTION, NEUTRAL, false",
    "READY, DELAY, NEUTRAL, false",
    "WAIT, DELAY, NEUTRAL, false",
    "PROGRAM_COMPLETED, DELAY, NEUTRAL, false",
    "INTERRUPTED, MINOR_STOP, INSIDE, false",
    "FEED_HOLD, MINOR_STOP, INSIDE, false",
    "STOPPED, MINOR_STOP, INSIDE, false",
    "OPTIONAL_STOP, MINOR_STOP, INSIDE, false",
    "PROGRAM_STOPPED, MINOR_STOP, INSIDE, false",
    "PROGRAM_OPTIONAL_STOP, MINOR_STOP, INSIDE, false",
    "UNAVAILABLE, NO_DATA, NEUTRAL, false",
    "WHATEVER, MINOR_STOP, INSIDE, false",
  })
  void theStandardModelKnowsTheWords(
      String word, TimeCategory category, Kind kind, boolean failure) {
    StateMeaning meaning = new StateMeaning(category, kind, failure);
    assertThat(Vocabularies.standard().of(word)).isEqualTo(meaning);
    assertThat(Vocabularies.standard().of(" " + word.toLowerCase(Locale.ROOT) + " "))
        .isEqualTo(meaning);
  }

  @Test
  void theStandardModelLosesNoWordOfTheOthersAndOnlyStoppedIsOfTwo() {
    Map<String, StateMeaning> standard = Vocabularies.standard().meanings();
    for (StateModel part :
        List.of(Vocabularies.packml(), Vocabularies.words(), Vocabularies.mtconnectExecution())) {
      part.meanings()
          .forEach(
              (word, meaning) -> {
                if (part != Vocabularies.packml() || !word.equals("STOPPED")) {
                  assertThat(standard).containsEntry(word, meaning);
                }
              });
    }
  }

  @Test
  void aMachinesOwnModelWinsWordByWord() {
    StateModel own =
        new StateModel(
                "old-press",
                Map.of(
                    "1", Vocabularies.standard().of("RUNNING"),
                    "läuft", Vocabularies.standard().of("RUNNING")),
                Vocabularies.standard().of("DOWN"),
                3)
            .over(Vocabularies.standard());
    assertThat(own.of("1").category()).isEqualTo(TimeCategory.PRODUCTION);
    assertThat(own.of("LÄUFT").category()).isEqualTo(TimeCategory.PRODUCTION);
    assertThat(own.of("2").category()).isEqualTo(TimeCategory.UNEXPLAINED);
    assertThat(own.of("never heard of").failure()).isTrue();
    assertThat(own.name()).isEqualTo("old-press");
    assertThat(own.version()).isEqualTo(3);
  }

  @Test
  void ofNothingNothingIsKnownWhateverTheModelSays() {
    StateModel down = new StateModel("down", Map.of(), Vocabularies.words().of("DOWN"), 1);
    for (String nothing : List.of("", " ", "\t")) {
      assertThat(down.of(nothing)).isEqualTo(StateModel.UNKNOWN);
    }
  }

  @Test
  void wordsDoNotDependOnTheLanguageOfTheComputer() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(Vocabularies.standard().of("idle").category()).isEqualTo(TimeCategory.DELAY);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void nonsenseIsRefused() {
    StateMeaning production = Vocabularies.words().of("RUNNING");
    StateMeaning down = Vocabularies.words().of("DOWN");
    Map<String, StateMeaning> twice = new HashMap<>();
    twice.put("run", production);
    twice.put("RUN", down);
    Map<String, StateMeaning> alike = Map.of("run", production, "RUN ", production);
    assertThat(new StateModel("m", alike, down, 0).meanings())
        .containsExactly(Map.entry("RUN", production));
    List<Runnable> wrong =
        List.of(
            () -> new StateModel("m", twice, down, 0),
            () -> new StateModel("m", Map.of(" ", down), down, 0),
            () -> new StateModel("m", Map.of(), down, -1),
            () -> new StateMeaning(TimeCategory.PENDING, Kind.NEUTRAL, false),
            () -> new StateMeaning(TimeCategory.UNEXPLAINED, Kind.INSIDE, true));
    for (Runnable one : wrong) {
      assertThatThrownBy(one::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void modelsOfTheSameWordsAreEqual() {
    StateMeaning production = Vocabularies.words().of("RUNNING");
    assertThat(new StateModel("m", Map.of("run", production), production, 1))
        .isEqualTo(new StateModel("m", Map.of("RUN", production), production, 1));
  }
}
