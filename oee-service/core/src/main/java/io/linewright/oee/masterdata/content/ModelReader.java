package io.linewright.oee.masterdata.content;

import io.linewright.oee.masterdata.form.Block;
import io.linewright.oee.masterdata.form.Scalar;
import io.linewright.oee.masterdata.form.Scalars;
import io.linewright.oee.masterdata.form.Value;
import io.linewright.oee.masterdata.rules.RuleFields;
import io.linewright.oee.slice.TimeCategory;
import io.linewright.oee.state.StateMeaning;
import io.linewright.oee.state.StateMeaning.Kind;
import io.linewright.oee.state.StateModel;
import io.linewright.oee.state.Vocabularies;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads models of states. */
final class ModelReader {

  private static final int MOST_WORDS = 1_000;

  /** Version of all models that somebody wrote; which text it was only the item knows. */
  private static final int WRITTEN = 1;

  private static final Scalar<String> WORD =
      Scalars.text(200, "write what the tag says, in quotation marks");
  private static final List<String> MEANT =
      Vocabularies.words().meanings().keySet().stream().sorted().toList();
  private static final Scalar<String> MEANING =
      Scalars.oneOf(MEANT, word -> word)
          .advising(
              "use one of %s, or category, kind and failure".formatted(String.join(", ", MEANT)));
  private static final Scalar<TimeCategory> CATEGORY =
      Scalars.oneOf(EnumSet.complementOf(EnumSet.of(TimeCategory.PENDING)));

  private ModelReader() {}

  static Optional<Content.Model> read(String name, Block block) {
    if (RuleFields.builtInModel(name).isPresent()) {
      block.fault("is the name of a model that is built in", "name it otherwise");
    }
    StateModel base =
        block
            .optional("base", Scalars.oneOf(RuleFields.BUILT_IN_MODELS, model -> model))
            .flatMap(RuleFields::builtInModel)
            .orElse(Vocabularies.standard());
    Optional<StateMeaning> otherwise = block.value("otherwise").flatMap(ModelReader::meaning);
    Map<String, Value> written =
        block
            .block("words")
            .map(words -> (Map<String, Value>) words.named(WORD, MOST_WORDS))
            .orElse(Map.of());
    Map<String, StateMeaning> meanings = new HashMap<>();
    written.forEach(
        (word, value) -> {
          Optional<StateMeaning> meaning = meaning(value);
          String key = word.toUpperCase(Locale.ROOT);
          if (meaning.isPresent() && meanings.putIfAbsent(key, meaning.get()) != null) {
            value.fault("is there twice, but for its case", "remove one of them");
          }
        });
    if (!block.isRight()) {
      return Optional.empty();
    }
    StateModel own = new StateModel(name, meanings, otherwise.orElse(base.otherwise()), WRITTEN);
    return Optional.of(new Content.Model(own.over(base)));
  }

  private static Optional<StateMeaning> meaning(Value value) {
    if (value.isText()) {
      return value.as(MEANING).map(Vocabularies.words()::of);
    }
    Block block = value.block();
    Optional<TimeCategory> category = block.required("category", CATEGORY);
    Optional<Kind> kind = block.optional("kind", Scalars.oneOf(List.of(Kind.values())));
    boolean failure = block.optional("failure", Scalars.TRUTH).orElse(false);
    block.end();
    if (failure && category.isPresent() && category.get() != TimeCategory.BREAKDOWN) {
      block.fault("failure", "is only of a breakdown", "write category: breakdown");
      return Optional.empty();
    }
    return category.map(known -> new StateMeaning(known, kind.orElse(usualKind(known)), failure));
  }

  /** Where the cause of such time is if nobody says. */
  private static Kind usualKind(TimeCategory category) {
    return switch (category) {
      case SETUP, MINOR_STOP, BREAKDOWN, UNEXPLAINED -> Kind.INSIDE;
      case STARVED, BLOCKED -> Kind.OUTSIDE;
      case PRODUCTION, DELAY, PLANNED_STOP, UNSCHEDULED, NO_DATA, PENDING -> Kind.NEUTRAL;
    };
  }
}
