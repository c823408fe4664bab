package io.linewright.oee.engine.input;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.oee.calendar.CalendarPiece;
import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.event.EventKey;
import io.linewright.oee.event.Loss;
import io.linewright.oee.order.IdealCycles;
import io.linewright.oee.order.Product;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.order.RunWord;
import io.linewright.oee.state.Knowledge;
import io.linewright.oee.time.Span;
import io.linewright.oee.time.Track;
import java.util.List;
import java.util.Map;

/**
 * All that a machine's time is computed from: no clock, no randomness, nothing that depends on who
 * asks. More than is needed does no harm.
 *
 * @param machine its path
 * @param history its events
 * @param losses what is lost of it, that may concern the time of the history: those that overlap
 *     it, and those that end after the last state before it
 * @param calendar what is planned, of the whole time of the history
 * @param rules how it is understood, of {@link #ALL_TIME}, so that an event before the time is read
 *     the same whatever is asked
 * @param cycles ideal cycles, at least all of the machine
 * @param products by id, at least those that it may make in that time
 * @param orders by id, at least those that are named in that time
 * @param runs who said which order ran, at least those that overlap it
 * @param words who said what of stops, at least those that overlap it, and withdrawals of them
 * @param corrections of counts, at least those in it
 * @param knowledge how far it is known what the machine told
 */
public record MachineInput(
    EquipmentPath machine,
    MachineHistory history,
    List<Loss> losses,
    Track<CalendarPiece> calendar,
    Track<MachineRules> rules,
    IdealCycles cycles,
    Map<String, Product> products,
    Map<String, ProductionOrder> orders,
    List<RunWord> runs,
    List<StopWord> words,
    List<CountCorrection> corrections,
    Knowledge knowledge) {

  /** The years 1 to 9999: all that events may be of. */
  public static final Span ALL_TIME = new Span(EventKey.MIN_MICROS, EventKey.MAX_MICROS + 1);

  /**
   * @throws IllegalArgumentException if the calendar is not of the time of the history, or the
   *     rules are not of all time
   */
  public MachineInput {
    if (!calendar.whole().equals(history.whole())) {
      throw new IllegalArgumentException(
          "a calendar of %s does not go with a history of %s"
              .formatted(calendar.whole(), history.whole()));
    }
    if (!rules.whole().equals(ALL_TIME)) {
      throw new IllegalArgumentException("the rules of a machine are of all time");
    }
    losses = List.copyOf(losses);
    products = Map.copyOf(products);
    orders = Map.copyOf(orders);
    runs = List.copyOf(runs);
    words = List.copyOf(words);
    corrections = List.copyOf(corrections);
  }

  /** The time that it is about. */
  public Span whole() {
    return history.whole();
  }

  /** The rules at an instant; beyond {@link #ALL_TIME} those of its end that is nearer. */
  public MachineRules rulesAt(long micros) {
    return rules.at(Math.clamp(micros, ALL_TIME.fromMicros(), ALL_TIME.toMicros() - 1));
  }
}
