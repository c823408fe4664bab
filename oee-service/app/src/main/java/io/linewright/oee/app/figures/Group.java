package io.linewright.oee.app.figures;

import io.linewright.oee.element.Elements;
import io.linewright.oee.kpi.KpiScope;
import java.util.List;

/**
 * Figures of one group.
 *
 * @param keys what its cells have in common, in the order of {@link GroupBy#names}; empty text for
 *     what has none
 * @param elements the sum of its cells
 * @param scope what else is known of it
 */
record Group(List<String> keys, Elements elements, KpiScope scope) {}
