package io.linewright.oee.app.read;

import io.linewright.oee.count.CountCorrection;
import io.linewright.oee.downtime.StopWord;
import io.linewright.oee.order.ProductionOrder;
import io.linewright.oee.order.RunWord;
import java.util.List;
import java.util.Map;

/**
 * What people and planning systems say of a machine's time.
 *
 * @param runs which order ran
 * @param words about stops, with withdrawals of them
 * @param corrections of counts
 * @param orders by id, those that may be named in that time
 */
public record Said(
    List<RunWord> runs,
    List<StopWord> words,
    List<CountCorrection> corrections,
    Map<String, ProductionOrder> orders) {

  /** Nothing. */
  public static final Said NOTHING = new Said(List.of(), List.of(), List.of(), Map.of());

  public Said {
    runs = List.copyOf(runs);
    words = List.copyOf(words);
    corrections = List.copyOf(corrections);
    orders = Map.copyOf(orders);
  }
}
