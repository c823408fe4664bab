package io.linewright.ingest.app.truth;

import io.linewright.ingest.truth.Entry;
import java.util.UUID;

/**
 * A correction with who made it.
 *
 * @param request of the request that it came in
 * @param by subject of the token
 * @param reason why, in their words
 */
public record ToldCorrection(int tagId, Entry entry, UUID request, String by, String reason) {}
