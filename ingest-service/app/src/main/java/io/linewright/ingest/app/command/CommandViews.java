package io.linewright.ingest.app.command;

import io.linewright.ingest.command.CommandHistory;
import io.linewright.model.command.CommandRequested;
import io.linewright.model.sample.DataType;
import io.linewright.model.sample.SampleText;
import io.linewright.model.sample.SampleValue.BooleanValue;
import io.linewright.model.sample.SampleValue.DoubleValue;
import io.linewright.model.sample.SampleValue.IntegerValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands as REST shows them. */
final class CommandViews {

  private CommandViews() {}

  /**
   * A command and all that was told of it.
   *
   * @param tag {@code path#name}
   * @param type of the tag
   * @param value boolean, number or text; bytes as Base64
   * @param requester who asked
   * @param expiresAt from when on it is not executed any more
   * @param state how far it is: name of a step, or {@code no-answer}
   * @param ended whether the state is final
   * @param steps along the trip
   */
  record CommandView(
      String id,
      String tag,
      String type,
      Object value,
      String requester,
      Instant requestedAt,
      Instant expiresAt,
      String reason,
      String state,
      boolean ended,
      List<StepView> steps) {}

  /**
   * A step as somebody told it.
   *
   * @param by {@code platform}, {@code bridge} or {@code gateway}
   * @param at by the clock of who tells
   * @param detail one sentence for people; may be empty
   */
  record StepView(String step, String by, Instant at, String detail) {}

  /** A page, newest first. */
  record CommandPage(List<CommandView> commands, @Nullable String next) {}

  static CommandView view(Command command, Instant now) {
    CommandRequested request = command.request();
    CommandHistory history = command.history();
    return new CommandView(
        request.id(),
        request.tag(),
        request.type(),
        value(request),
        request.requester(),
        request.requestedAt(),
        request.expiresAt(),
        request.reason(),
        history.unanswered(request.expiresAt(), now)
            ? CommandStore.NO_ANSWER
            : history.step().toString(),
        history.step().isFinal(),
        history.told().stream()
            .map(
                word ->
                    new StepView(
                        word.step().toString(), word.by().toString(), word.at(), word.detail()))
            .toList());
  }

  private static Object value(CommandRequested request) {
    DataType type = DataType.of(request.type()).orElseThrow();
    return switch (SampleText.parse(type, request.value())) {
      case BooleanValue(boolean truth) -> truth;
      case IntegerValue(long number) -> number;
      case DoubleValue(double number) -> number;
      default -> request.value();
    };
  }
}
