package io.linewright.ingest.imports;

import io.linewright.model.equipment.TagKey;
import java.util.Optional;

/** The registry, as an import asks it. */
public interface ImportTags {

  /** The tag of that name; empty if nobody knows it, or whoever imports may not. */
  Optional<ImportTag> find(TagKey key);

  /** Whether whoever imports may register tags there, and this is the time to. */
  boolean mayRegister(TagKey key);

  /** Registers a tag; the answer is what is registered now. */
  ImportTag register(ImportTag tag);
}
