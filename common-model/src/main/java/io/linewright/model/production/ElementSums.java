package io.linewright.model.production;

import java.util.List;
import java.util.Map;

/**
 * What figures are made of: sums, which may be added over machines and shifts. Figures of more than
 * one are made of their sum, never of a mean of figures.
 *
 * @param micros microseconds by name: what time was ({@code production}, {@code setup}, {@code
 *     minorStop}, {@code starved}, {@code blocked}, {@code delay}, {@code breakdown}, {@code
 *     unexplained}, {@code plannedStop}, {@code unscheduled}, {@code noData}), {@code absorbed} as
 *     part of production, {@code ideal}, {@code idealGood} and {@code idealStartUp} as the time
 *     that items would have taken, {@code repair}, {@code corrective}, {@code plannedMaintenance}
 * @param quantities by name: items ({@code produced}, {@code good}, {@code reject}, {@code rework},
 *     {@code startUpReject}, {@code inspected}, {@code goodFirstTime}, {@code unplanned}, {@code
 *     withoutIdeal}, {@code plannedScrap}, {@code capacity}), and {@code energyKwh}
 * @param stops how many stops began
 * @param failures how often a machine broke
 * @param lacks what is not known; what needs it is 0, and means nothing
 */
public record ElementSums(
    Map<String, Long> micros,
    Map<String, Double> quantities,
    long stops,
    long failures,
    List<String> lacks) {}
