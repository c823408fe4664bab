package io.linewright.oee.app.cell;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Numbers for texts that cells name: table {@code dictionary}, which only grows. What is in memory
 * was read in a transaction that had not written it, so a roll-back takes nothing away from it.
 * Safe for use by several threads.
 */
final class Dictionary {

  /** What a text is. */
  enum Kind {
    ORDER,
    PRODUCT,
    LOT,
    REASON,
    STATE;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Most entries in memory; beyond that all are read anew. */
  private static final int MAX_KNOWN = 100_000;

  private static final String BY_NAME =
      """
      /* read */ SELECT no, name FROM dictionary
      WHERE kind = ? AND md5(name) IN (SELECT md5(n) FROM unnest(?::text[]) AS n)
      """;

  /** Whoever adds some waits for others who do; it is the last lock but one that a round takes. */
  private static final String LOCK =
      "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.dictionary', 0))";

  private static final String ADD =
      """
      INSERT INTO dictionary (kind, no, name)
      SELECT ?, coalesce((SELECT max(no) FROM dictionary WHERE kind = ?), 0) + n, name
      FROM unnest(?::text[]) WITH ORDINALITY AS t (name, n)
      """;

  private final JdbcClient jdbc;
  private final Map<Kind, Map<String, Integer>> numbers = new ConcurrentHashMap<>();
  private final Map<Kind, Map<Integer, String>> names = new ConcurrentHashMap<>();

  Dictionary(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The numbers of texts, which are added if they are new; in the caller's transaction. */
  Map<String, Integer> numbers(Kind kind, Collection<String> texts) {
    Map<String, Integer> found = new HashMap<>();
    Set<String> missing = new TreeSet<>();
    Map<String, Integer> known = numbers.getOrDefault(kind, Map.of());
    for (String text : texts) {
      Integer number = known.get(text);
      if (number == null) {
        missing.add(text);
      } else {
        found.put(text, number);
      }
    }
    if (missing.isEmpty()) {
      return found;
    }
    Map<String, Integer> read = read(kind, missing);
    keep(kind, read);
    found.putAll(read);
    missing.removeAll(read.keySet());
    if (!missing.isEmpty()) {
      jdbc.sql(LOCK).query((row, n) -> n).list();
      // Somebody else may have added them while this one waited.
      read = read(kind, missing);
      missing.removeAll(read.keySet());
      found.putAll(read);
      if (!missing.isEmpty()) {
        jdbc.sql(ADD).params(kind.text(), kind.text(), escaped(missing)).update();
        found.putAll(read(kind, missing));
      }
    }
    return found;
  }

  /** The texts of numbers; in the caller's transaction. */
  Map<Integer, String> names(Kind kind, Collection<Integer> wanted) {
    Map<Integer, String> found = new HashMap<>();
    Set<Integer> missing = new HashSet<>();
    Map<Integer, String> known = names.getOrDefault(kind, Map.of());
    for (Integer number : wanted) {
      String name = known.get(number);
      if (name == null) {
        missing.add(number);
      } else {
        found.put(number, name);
      }
    }
    if (!missing.isEmpty()) {
      jdbc.sql("/* read */ SELECT no, name FROM dictionary WHERE kind = ? AND no = ANY (?)")
          .params(kind.text(), missing.stream().mapToInt(Integer::intValue).toArray())
          .query(
              row -> {
                found.put(row.getInt(1), unescaped(row.getString(2)));
              });
      if (!found.keySet().containsAll(missing)) {
        throw new IllegalStateException("cells name " + kind + " that the dictionary lacks");
      }
    }
    return found;
  }

  private Map<String, Integer> read(Kind kind, Collection<String> texts) {
    Map<String, Integer> read = new HashMap<>();
    jdbc.sql(BY_NAME)
        .params(kind.text(), escaped(texts))
        .query(
            row -> {
              read.put(unescaped(row.getString(2)), row.getInt(1));
            });
    return read;
  }

  private void keep(Kind kind, Map<String, Integer> read) {
    Map<String, Integer> byName = numbers.computeIfAbsent(kind, same -> new ConcurrentHashMap<>());
    Map<Integer, String> byNumber = names.computeIfAbsent(kind, same -> new ConcurrentHashMap<>());
    if (byName.size() > MAX_KNOWN) {
      byName.clear();
      byNumber.clear();
    }
    read.forEach(
        (name, number) -> {
          byName.put(name, number);
          byNumber.put(number, name);
        });
  }

  private static String[] escaped(Collection<String> texts) {
    return texts.stream().map(Dictionary::escaped).toArray(String[]::new);
  }

  /** Texts come from outside; the database takes neither NUL nor half of a surrogate pair. */
  static String escaped(String text) {
    if (text.indexOf('\\') < 0
        && text.indexOf('\0') < 0
        && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
      if (pair) {
        escaped.append(unit).append(text.charAt(++i));
      } else if (unit == '\\' || unit == '\0' || Character.isSurrogate(unit)) {
        escaped.append('\\').append(String.format(Locale.ROOT, "%04x", (int) unit));
      } else {
        escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        plain.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
        i += 4;
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
