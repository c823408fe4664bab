package io.linewright.ingest.app.command;

import io.linewright.ingest.command.CommandHistory;
import io.linewright.model.command.CommandRequested;

/**
 * A command as it stands in the table.
 *
 * @param number place in the listing; grows
 * @param idempotencyKey names the request among those of its requester
 */
record Command(
    long number, CommandRequested request, String idempotencyKey, CommandHistory history) {}
