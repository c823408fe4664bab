package io.linewright.edge.config.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.config.change.FileLook.Verdict;
import io.linewright.edge.fold.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileLookTest {

  private FileLook look = FileLook.start("old");
  private final List<Verdict> verdicts = new ArrayList<>();

  @Test
  void aNewContentIsReadOnceWhenItStandsStill() {
    see("old", "a", "ab", "abc");
    assertThat(verdicts).isEmpty();

    see("abc", "abc", "abc");

    assertThat(verdicts).containsExactly(Verdict.READ);
  }

  @Test
  void whatIsInForceIsNotReadAgain() {
    see("new", "new");
    look = look.taken();
    see("new", "new", "x", "new", "new");

    assertThat(verdicts).containsExactly(Verdict.READ);
  }

  @Test
  void theOldContentAfterARefusedOneIsNoChangeButEndsTheRefusal() {
    see("wrong", "wrong", "old", "old", "old");

    assertThat(verdicts).containsExactly(Verdict.READ, Verdict.RESTORED);
  }

  @Test
  void aContentThatWasRefusedIsJudgedAgainAfterAnother() {
    see("wrong", "wrong", "old", "old", "wrong", "wrong", "worse", "worse", "wrong", "wrong");

    assertThat(verdicts)
        .containsExactly(Verdict.READ, Verdict.RESTORED, Verdict.READ, Verdict.READ, Verdict.READ);
  }

  @Test
  void aContentThatCouldNotBePutInForceIsTriedAgain() {
    see("new", "new");
    look = look.postponed();
    see("new");
    look = look.postponed();
    see("old", "old");

    assertThat(verdicts).containsExactly(Verdict.READ, Verdict.READ, Verdict.RESTORED);
  }

  private void see(String... hashes) {
    for (String hash : hashes) {
      Step<FileLook, Verdict> step = look.look(hash);
      look = step.state();
      verdicts.addAll(step.facts());
    }
  }
}
