package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.storage.SampleRead;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When tags are annotated, for whoever counts that. */
public final class AnnotationTimes {

  private final JdbcClient jdbc;

  AnnotationTimes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins of the annotations of a tag in a range, ascending, microseconds since the epoch. */
  public List<Long> of(int tagId, TimeRange range) {
    return jdbc.sql(
            """
            /* read */ SELECT from_time FROM annotation a
            WHERE tag_id = ? AND from_time >= ? AND from_time < ? AND text IS NOT NULL
              AND NOT EXISTS (SELECT FROM annotation n
                              WHERE n.annotation_id = a.annotation_id AND n.version > a.version)
            ORDER BY from_time
            """)
        .params(tagId, SampleRead.time(range.fromMicros()), SampleRead.time(range.toMicros()))
        .query((row, n) -> SampleRead.micros(row, 1))
        .list();
  }
}
