package io.linewright.oee.exchange;

import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.unit.UcumUnit;
import io.linewright.oee.element.Elements;
import io.linewright.oee.kpi.KpiValue;
import io.linewright.oee.order.OrderState;
import io.linewright.oee.time.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a line did in a shift, or for an order: what a planning system is told.
 *
 * @param line the line
 * @param about what it is about, as in questions about time: {@code order:PO-1} or {@code
 *     shift:2026-03-29/night}; not empty
 * @param version 1 or more, higher where it takes the place of one that was told before
 * @param publishedMicros when it is told, microseconds since 1970-01-01T00:00:00Z
 * @param span from its begin to its end
 * @param scheduleId the schedule that its order came in, not empty; null: none, or not of one order
 * @param state how far the order is; null: it is not about one
 * @param parts what was done, 1 or more; those of an order together; copied
 */
public record Performance(
    EquipmentPath line,
    String about,
    int version,
    long publishedMicros,
    Span span,
    @Nullable String scheduleId,
    @Nullable OrderState state,
    List<Part> parts) {

  /**
   * What a machine did with one product for one order.
   *
   * @param machine whose time it was; the line for the figures of all of it
   * @param order number of the order, not empty; null without
   * @param product what was made, not empty; null if unknown
   * @param lot what it became part of, not empty; null without
   * @param unit what items are counted in
   * @param span from its begin to its end; in between the machine may have done other things
   * @param elements sums of its time
   * @param kpis figures of these; copied
   */
  public record Part(
      EquipmentPath machine,
      @Nullable String order,
      @Nullable String product,
      @Nullable String lot,
      UcumUnit unit,
      Span span,
      Elements elements,
      List<KpiValue> kpis) {

    /**
     * @throws IllegalArgumentException if a name is empty
     */
    public Part {
      if (order != null && order.isEmpty()
          || product != null && product.isEmpty()
          || lot != null && lot.isEmpty()) {
        throw new IllegalArgumentException("what is unknown is null, and no empty name");
      }
      kpis = List.copyOf(kpis);
    }
  }

  /**
   * @throws IllegalArgumentException if something is empty or out of range, or a part is of another
   *     line
   */
  public Performance {
    parts = List.copyOf(parts);
    if (about.isEmpty() || version < 1 || scheduleId != null && scheduleId.isEmpty()) {
      throw new IllegalArgumentException("a performance is about something, and has a version");
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("nothing was done in " + about);
    }
    for (Part part : parts) {
      if (!line.contains(part.machine())) {
        throw new IllegalArgumentException(part.machine() + " is not part of " + line);
      }
    }
  }

  /** Id of its document, the same in all versions. */
  public String documentId() {
    return "perf/" + line + "/" + about;
  }
}
