package io.linewright.ingest.command;

import static io.linewright.ingest.command.Speaker.BRIDGE;
import static io.linewright.ingest.command.Speaker.GATEWAY;
import static io.linewright.ingest.command.Speaker.PLATFORM;
import static io.linewright.model.command.CommandStep.AUTHORISED;
import static io.linewright.model.command.CommandStep.DELIVERED;
import static io.linewright.model.command.CommandStep.EXPIRED;
import static io.linewright.model.command.CommandStep.FAILED;
import static io.linewright.model.command.CommandStep.REFUSED;
import static io.linewright.model.command.CommandStep.REQUESTED;
import static io.linewright.model.command.CommandStep.VERIFIED;
import static io.linewright.model.command.CommandStep.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.linewright.model.command.CommandStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandHistoryTest {

  private static final Instant T0 = Instant.parse("2026-01-31T06:00:00Z");
  private static final List<CommandStep> ENDS =
      List.of(CommandStep.values()).stream().filter(CommandStep::isFinal).toList();

  @Test
  void aCommandGoesAlongTheTrip() {
    CommandHistory history =
        history(
            word(PLATFORM, REQUESTED, 0),
            word(PLATFORM, AUTHORISED, 0),
            word(GATEWAY, DELIVERED, 1));
    assertThat(history.step()).isEqualTo(DELIVERED);
    assertThat(history.after(word(GATEWAY, WRITTEN, 2)).after(word(GATEWAY, VERIFIED, 2)).step())
        .isEqualTo(VERIFIED);
  }

  @Test
  void whatComesLateTakesNothingBack() {
    CommandHistory verified =
        history(
            word(GATEWAY, VERIFIED, 3), word(PLATFORM, AUTHORISED, 0), word(GATEWAY, DELIVERED, 1));
    assertThat(verified.step()).isEqualTo(VERIFIED);
    assertThat(verified.told())
        .extracting(Told::step)
        .containsExactly(AUTHORISED, DELIVERED, VERIFIED);
  }

  @Test
  void theEndThatTheGatewayTellsOutweighsTheBridges() {
    Told gaveUp = word(BRIDGE, EXPIRED, 1);
    Told held = word(GATEWAY, VERIFIED, 2);
    assertThat(history(gaveUp, held).step()).isEqualTo(VERIFIED);
    assertThat(history(held, gaveUp).step()).isEqualTo(VERIFIED);
    assertThat(history(word(PLATFORM, AUTHORISED, 0), gaveUp).step()).isEqualTo(EXPIRED);
  }

  @Test
  void aBridgeThatGaveUpIsWrongIfTheGatewayHasTheCommand() {
    assertThat(history(word(BRIDGE, EXPIRED, 1), word(GATEWAY, DELIVERED, 2)).step())
        .isEqualTo(DELIVERED);
  }

  @Test
  void ofTwoEndsOfOneSpeakerTheEarlierStands() {
    assertThat(history(word(GATEWAY, FAILED, 5), word(GATEWAY, VERIFIED, 4)).step())
        .isEqualTo(VERIFIED);
    assertThat(history(word(GATEWAY, VERIFIED, 4), word(GATEWAY, FAILED, 5)).step())
        .isEqualTo(VERIFIED);
  }

  @Test
  void aRepeatChangesNothing() {
    CommandHistory history = history(word(PLATFORM, REQUESTED, 0));
    assertThat(history.after(word(PLATFORM, REQUESTED, 0))).isSameAs(history);
    assertThat(history.after(word(PLATFORM, REQUESTED, 9))).isSameAs(history);
  }

  @Test
  void nothingToldIsNoStep() {
    assertThatThrownBy(CommandHistory.NONE::step).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aCommandIsUnansweredAMinuteAfterItsExpiryAndNoLongerOnceAnEndIsTold() {
    Instant expiry = T0.plusSeconds(30);
    CommandHistory delivered = history(word(PLATFORM, AUTHORISED, 0), word(GATEWAY, DELIVERED, 1));
    Instant late = expiry.plus(CommandHistory.GRACE);
    assertThat(delivered.unanswered(expiry, late.minusMillis(1))).isFalse();
    assertThat(delivered.unanswered(expiry, late)).isTrue();
    assertThat(delivered.after(word(GATEWAY, REFUSED, 999)).unanswered(expiry, late)).isFalse();
  }

  /** Any order, any words doubled: the same history; and what a gateway ended stays ended. */
  @Test
  void orderAndRepeatsDoNotMatter() {
    int gatewayEnds = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      List<Told> words = words(random);
      CommandStep end =
          words.stream()
              .filter(word -> word.by() == GATEWAY && word.step().isFinal())
              .map(Told::step)
              .findFirst()
              .orElse(null);
      CommandHistory reference = fold(words);
      List<Told> shuffled = new ArrayList<>(words);
      words.stream().filter(word -> random.nextBoolean()).forEach(shuffled::add);
      Collections.shuffle(shuffled, random);

      CommandHistory history = CommandHistory.NONE;
      boolean ended = false;
      for (Told word : shuffled) {
        history = history.after(word);
        ended |= word.by() == GATEWAY && word.step().isFinal();
        if (ended) {
          assertThat(history.step()).as("seed %d", seed).isEqualTo(end);
        }
      }

      assertThat(history).as("seed %d", seed).isEqualTo(reference);
      gatewayEnds += ended ? 1 : 0;
    }
    assertThat(gatewayEnds).as("runs with an end of the gateway").isGreaterThan(1_000);
  }

  /** Also of speakers that contradict themselves, which none does. */
  @Test
  void orderDoesNotMatterForContradictionsEither() {
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      List<Told> words = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        words.add(
            new Told(
                pick(random, Speaker.values()),
                pick(random, CommandStep.values()),
                T0.plusSeconds(random.nextInt(3)),
                random.nextBoolean() ? "a" : "b"));
      }
      CommandHistory reference = fold(words);
      Collections.shuffle(words, random);
      assertThat(fold(words)).as("seed %d", seed).isEqualTo(reference);
      assertThat(fold(words).step()).isEqualTo(reference.step());
    }
  }

  /** What can be told of one command: the gateway promises one end. */
  private static List<Told> words(Random random) {
    List<Told> words = new ArrayList<>();
    words.add(word(PLATFORM, REQUESTED, 0));
    words.add(word(PLATFORM, AUTHORISED, 0));
    if (random.nextBoolean()) {
      words.add(word(BRIDGE, ENDS.get(random.nextInt(ENDS.size())), random.nextInt(100)));
    }
    if (random.nextBoolean()) {
      words.add(word(GATEWAY, DELIVERED, random.nextInt(100)));
      if (random.nextBoolean()) {
        words.add(word(GATEWAY, WRITTEN, random.nextInt(100)));
      }
    }
    if (random.nextBoolean()) {
      words.add(word(GATEWAY, ENDS.get(random.nextInt(ENDS.size())), random.nextInt(100)));
    }
    return words;
  }

  private static CommandHistory history(Told... words) {
    return fold(List.of(words));
  }

  private static CommandHistory fold(List<Told> words) {
    CommandHistory history = CommandHistory.NONE;
    for (Told word : words) {
      history = history.after(word);
    }
    return history;
  }

  private static Told word(Speaker by, CommandStep step, int second) {
    return new Told(by, step, T0.plusSeconds(second), "");
  }

  private static <T> T pick(Random random, T[] all) {
    return all[random.nextInt(all.length)];
  }
}
