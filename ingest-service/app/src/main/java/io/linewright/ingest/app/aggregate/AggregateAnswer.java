package io.linewright.ingest.app.aggregate;

import io.linewright.ingest.aggregate.AggregateValue;
import io.linewright.ingest.aggregate.config.Aggregate;
import io.linewright.ingest.app.registry.Tag;
import io.linewright.ingest.bucket.Bucket;
import java.io.IOException;
import java.util.List;

/** Writes aggregates as they are computed. */
interface AggregateAnswer {

  /** A tag follows. */
  void tag(Tag tag, boolean stepped) throws IOException;

  /** A bucket of the tag, one value for each aggregate. */
  void bucket(Bucket bucket, List<Aggregate> aggregates, List<AggregateValue> values)
      throws IOException;

  /** The tag has no further buckets. */
  void endTag() throws IOException;

  /** All is told; without it the answer is unfinished. */
  void end() throws IOException;
}
