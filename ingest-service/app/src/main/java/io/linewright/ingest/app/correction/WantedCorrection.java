package io.linewright.ingest.app.correction;

import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.truth.Correction;

/**
 * A correction that somebody asks for.
 *
 * @param item place in the request, from 0
 */
record WantedCorrection(int item, Tag tag, Correction correction) {}
