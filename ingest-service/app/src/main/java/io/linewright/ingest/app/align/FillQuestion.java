package io.linewright.ingest.app.align;

import io.linewright.ingest.aggregate.bound.ValueCursor.Fill;
import io.linewright.ingest.aggregate.config.AggregateConfiguration;
import io.linewright.ingest.aggregate.config.Stepping;
import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.registry.Tag;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants values made where none is stored.
 *
 * @param sloped stepped is false in it; {@code stepped} decides
 * @param stepped null: by the data type and role of each tag
 */
record FillQuestion(Fill fill, AggregateConfiguration sloped, @Nullable Boolean stepped) {

  /**
   * Reads the parameters {@code fill}, {@code treatUncertainAsBad}, {@code useSlopedExtrapolation}
   * and {@code stepped}.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  static FillQuestion of(Parameters parameters) {
    return new FillQuestion(
        parameters.choice("fill", Fill.class, Fill.INTERPOLATED),
        new AggregateConfiguration(
            parameters.flag("treatUncertainAsBad", true),
            100,
            100,
            parameters.flag("useSlopedExtrapolation", false),
            false,
            1),
        parameters.flag("stepped"));
  }

  /** How values of a tag are made. */
  AggregateConfiguration configuration(Tag tag) {
    return sloped.withStepped(Stepping.of(stepped, tag.type(), tag.role()));
  }
}
