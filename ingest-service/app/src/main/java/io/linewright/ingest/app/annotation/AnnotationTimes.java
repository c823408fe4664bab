package io.linewright.ingest.app.annotation;

import io.linewright.ingest.app.answer.TimeRange;
import io.linewright.ingest.app.storage.SampleRead;
import io.linewright.ingest.registry.Piece;
import io.linewright.ingest.registry.SeriesPlan.Part;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When tags are annotated, for whoever counts that. */
public final class AnnotationTimes {

  private final JdbcClient jdbc;

  AnnotationTimes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Begins of the annotations of a tag in a range, ascending, microseconds since the epoch.
   *
   * @param parts of which stored tags it is made up, ascending by time
   */
  public List<Long> of(List<Part> parts, TimeRange range) {
    List<Long> begins = new ArrayList<>();
    for (Part part : parts) {
      Piece piece = part.piece();
      if (piece.overlaps(range.fromMicros(), range.toMicros())) {
        begins.addAll(
            begins(
                piece.tagId(),
                Math.max(piece.fromMicros(), range.fromMicros()),
                Math.min(piece.toMicros(), range.toMicros())));
      }
    }
    return begins;
  }

  private List<Long> begins(int tagId, long fromMicros, long toMicros) {
    return jdbc.sql(
            """
            /* read */ SELECT from_time FROM annotation a
            WHERE tag_id = ? AND from_time >= ? AND from_time < ? AND text IS NOT NULL
              AND NOT EXISTS (SELECT FROM annotation n
                              WHERE n.annotation_id = a.annotation_id AND n.version > a.version)
            ORDER BY from_time
            """)
        .params(tagId, SampleRead.time(fromMicros), SampleRead.time(toMicros))
        .query((row, n) -> SampleRead.micros(row, 1))
        .list();
  }
}
