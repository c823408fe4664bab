package io.linewright.ingest.app.quarantine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** What quarantine has to know of the records in it that can be tried again. */
public interface Resubmission {

  /**
   * Processes the bytes inside the running transaction, as if they had just arrived.
   *
   * @return why they are refused again; empty if all of it is stored now
   * @throws RuntimeException if they fail; what of them is stored goes with the transaction
   */
  Optional<String> tryAgain(byte[] payload);

  /** The bytes as two smaller records, in their order; empty if they cannot be divided. */
  List<byte[]> halves(byte[] payload);

  /** What the bytes are about, for people. */
  String subject(byte[] payload);

  /**
   * Whether somebody may decide about a record.
   *
   * @param payload null: of a record that cannot be tried again, and belongs to nobody therefore
   */
  boolean mayDecide(Authentication who, byte @Nullable [] payload);
}
