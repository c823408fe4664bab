package io.linewright.oee.app.master;

import io.linewright.oee.app.Times;
import io.linewright.oee.calendar.PlantZone;
import io.linewright.oee.masterdata.book.MasterBook;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notices that the rules of a zone are not those by which its clock was read last, because the time
 * zone database was updated: shifts are at other instants then, also past ones. What is touched is
 * marked. Of instances with different databases the newest decides, so that they do not undo each
 * other's results.
 */
final class ZoneWatch implements ApplicationListener<ApplicationReadyEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneWatch.class);
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2100;

  private static final String SEE =
      """
      INSERT INTO zone_seen (zone, tzdata, fingerprint, seen_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (zone) DO UPDATE SET tzdata = excluded.tzdata, fingerprint = excluded.fingerprint,
        seen_at = excluded.seen_at
      """;

  private record Seen(String tzdata, String fingerprint) {}

  private final JdbcClient jdbc;
  private final MasterStore store;
  private final MasterBooks books;
  private final MasterTouches touches;
  private final TransactionTemplate transaction;
  private final InstantSource clock;

  ZoneWatch(
      JdbcClient jdbc,
      MasterStore store,
      MasterBooks books,
      MasterTouches touches,
      TransactionTemplate transaction,
      InstantSource clock) {
    this.jdbc = jdbc;
    this.store = store;
    this.books = books;
    this.touches = touches;
    this.transaction = transaction;
    this.clock = clock;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    look();
  }

  /** Keeps by which rules zones are read that were not read before; in the caller's transaction. */
  void see(Set<ZoneId> zones) {
    Map<String, Seen> seen = seen();
    for (ZoneId zone : zones) {
      if (!seen.containsKey(zone.getId())) {
        see(zone, tzdata(zone), fingerprint(zone));
      }
    }
  }

  /** Looks at all zones that master data name; answers those whose rules have changed. */
  Set<String> look() {
    return transaction.execute(
        status -> {
          store.lock();
          MasterBooks.Held held = books.held();
          Map<String, Seen> seen = seen();
          Map<ZoneId, PlantZone> before = new HashMap<>();
          Set<String> changed = new TreeSet<>();
          for (ZoneId zone : held.book().zones()) {
            String fingerprint = fingerprint(zone);
            String tzdata = tzdata(zone);
            Seen known = seen.get(zone.getId());
            if (known == null) {
              see(zone, tzdata, fingerprint);
            } else if (!known.fingerprint().equals(fingerprint)
                && known.tzdata().compareTo(tzdata) <= 0) {
              before.put(zone, PlantZone.seen(zone, known.fingerprint()));
              changed.add(zone.getId());
              see(zone, tzdata, fingerprint);
            }
          }
          if (!changed.isEmpty()) {
            LOG.warn(
                "The clocks of {} go by other rules than when shifts were computed last; what this"
                    + " touches is computed anew",
                changed);
            MasterBook old =
                books.book(
                    held.book().version(),
                    held.entries(),
                    zone -> before.getOrDefault(zone, PlantZone.of(zone)));
            touches.mark("time-zone", old, held.book());
            // Books in memory of other instances do not change: they have their own database.
          }
          return changed;
        });
  }

  private static String fingerprint(ZoneId zone) {
    return PlantZone.of(zone).fingerprint(FIRST_YEAR, LAST_YEAR);
  }

  private Map<String, Seen> seen() {
    Map<String, Seen> seen = new TreeMap<>();
    jdbc.sql("SELECT zone, tzdata, fingerprint FROM zone_seen")
        .query(
            row -> {
              seen.put(row.getString(1), new Seen(row.getString(2), row.getString(3)));
            });
    return seen;
  }

  private void see(ZoneId zone, String tzdata, String fingerprint) {
    jdbc.sql(SEE)
        .params(zone.getId(), tzdata, fingerprint, Times.at(Times.micros(clock.instant())))
        .update();
  }

  /** Version of the rules, such as 2025b; empty for a fixed offset, which never changes. */
  private static String tzdata(ZoneId zone) {
    return ZoneRulesProvider.getAvailableZoneIds().contains(zone.getId())
        ? ZoneRulesProvider.getVersions(zone.getId()).lastKey()
        : "";
  }
}
