package io.linewright.ingest.app.quarantine;

import java.util.Optional;

/** Tries a record of quarantine again. */
@FunctionalInterface
public interface Resubmission {

  /**
   * Processes the bytes inside the running transaction, as if they had just arrived.
   *
   * @return why they are refused again; empty if all of it is stored now
   */
  Optional<String> tryAgain(byte[] payload);
}
