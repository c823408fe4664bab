package io.linewright.ingest.app.quality;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Table {@code data_quality_night}: one instance judges, another goes on where it stopped. */
final class NightStore {

  private final JdbcClient jdbc;
  private final String instance;

  NightStore(JdbcClient jdbc, String instance) {
    this.jdbc = jdbc;
    this.instance = instance;
  }

  /**
   * Takes the night on, unless it is done or another instance is alive at it. The first night of an
   * installation is the next one: what was before it began is nobody's fault.
   *
   * @return number of the last tag that is done; 0 at the begin
   */
  OptionalInt take(LocalDate day) {
    jdbc.sql(
            """
            INSERT INTO data_quality_night (day, instance, alive_at, done)
            SELECT ?, ?, now(), NOT EXISTS (SELECT FROM data_quality_night)
            ON CONFLICT DO NOTHING
            """)
        .params(Date.valueOf(day), instance)
        .update();
    Optional<Integer> last =
        jdbc.sql(
                """
                UPDATE data_quality_night SET instance = ?, alive_at = now()
                WHERE day = ? AND NOT done
                  AND (instance = ? OR alive_at < now() - interval '5 minutes')
                RETURNING last_tag
                """)
            .params(instance, Date.valueOf(day), instance)
            .query(Integer.class)
            .optional();
    return last.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** A tag is done; false if another instance has taken the night over. */
  boolean passed(LocalDate day, int tagId) {
    return jdbc.sql(
                "UPDATE data_quality_night SET last_tag = ?, alive_at = now() WHERE day = ? AND"
                    + " instance = ? AND NOT done")
            .params(tagId, Date.valueOf(day), instance)
            .update()
        == 1;
  }

  void done(LocalDate day) {
    jdbc.sql("UPDATE data_quality_night SET done = true WHERE day = ? AND instance = ?")
        .params(Date.valueOf(day), instance)
        .update();
  }
}
