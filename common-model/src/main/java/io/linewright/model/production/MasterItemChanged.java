package io.linewright.model.production;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has said something of the plant; the topic keeps the latest version of each item. What
 * its fields are is in {@code docs/master-data.md}.
 *
 * @param kind name of its section, such as {@code products}
 * @param key what it is known by among those of its kind
 * @param version counted from 1 for each kind and key
 * @param validFrom the plant day with which it begins to hold, such as {@code 2026-01-01}; null if
 *     it always did
 * @param content what was said, all single values as texts; null: it was taken back
 */
public record MasterItemChanged(
    String kind,
    String key,
    int version,
    @Nullable String validFrom,
    @Nullable Map<String, Object> content) {}
