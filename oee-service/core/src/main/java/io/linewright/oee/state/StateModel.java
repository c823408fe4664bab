package io.linewright.oee.state;

import io.linewright.oee.event.MachineEvent.StateSaid;
import io.linewright.oee.slice.TimeCategory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the words of a machine mean. Words are compared without regard to upper and lower case and
 * to blanks around them; what is kept and shown elsewhere is the word as it came.
 *
 * @param name for people
 * @param meanings by word; an integer as its digits. In upper case, without blanks around
 * @param otherwise what any other word means
 * @param version of the model, 0 if it is built in
 */
public record StateModel(
    String name, Map<String, StateMeaning> meanings, StateMeaning otherwise, int version) {

  /** What it means that nothing is known of the state; no model can change it. */
  public static final StateMeaning UNKNOWN =
      new StateMeaning(TimeCategory.NO_DATA, StateMeaning.Kind.NEUTRAL, false);

  /**
   * @param meanings in any case
   * @throws IllegalArgumentException if the version is negative, a word is blank, or two words are
   *     the same but for their case and mean different things
   */
  public StateModel {
    if (version < 0) {
      throw new IllegalArgumentException("the version of a model cannot be " + version);
    }
    Map<String, StateMeaning> plain = new HashMap<>();
    meanings.forEach(
        (word, meaning) -> {
          String key = plain(word);
          if (key.isEmpty()) {
            throw new IllegalArgumentException("a blank word has no meaning in a model of states");
          }
          StateMeaning other = plain.putIfAbsent(key, meaning);
          if (other != null && !other.equals(meaning)) {
            throw new IllegalArgumentException("the word " + word + " has two meanings");
          }
        });
    meanings = Map.copyOf(plain);
  }

  /** What a word means, as {@link StateHistory} has it; never fails. */
  public StateMeaning of(String word) {
    String key = plain(word);
    return key.equals(StateSaid.UNKNOWN) ? UNKNOWN : meanings.getOrDefault(key, otherwise);
  }

  /** With the words of another below it: a word that this knows wins. The rest is of this. */
  public StateModel over(StateModel below) {
    Map<String, StateMeaning> both = new HashMap<>(below.meanings);
    both.putAll(meanings);
    return new StateModel(name, both, otherwise, version);
  }

  private static String plain(String word) {
    return word.strip().toUpperCase(Locale.ROOT);
  }
}
