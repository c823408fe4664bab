package io.linewright.model.production;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A production order is new, or another than before.
 *
 * @param order its number
 * @param version counted from 1 for each order
 * @param product what is made
 * @param quantity how much
 * @param unit of the quantity, UCUM
 * @param lot the lot that it makes; null: none is named
 * @param earliest when it may begin; null: any time
 * @param due when it must be done; null: any time
 * @param equipment where it is made; null: anywhere
 * @param priority the higher the sooner
 * @param state as B2MML spells it, such as Released
 * @param document with which document, or change by hand, that was said
 */
public record OrderChanged(
    String order,
    int version,
    String product,
    double quantity,
    String unit,
    @Nullable String lot,
    @Nullable Instant earliest,
    @Nullable Instant due,
    @Nullable String equipment,
    int priority,
    String state,
    String document) {}
