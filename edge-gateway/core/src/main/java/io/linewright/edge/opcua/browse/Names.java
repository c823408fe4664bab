package io.linewright.edge.opcua.browse;

import io.linewright.model.equipment.TagName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Names for equipment and tags out of what a server calls its nodes. */
public final class Names {

  private static final int SEGMENT = 64;

  /** Room for a suffix that makes a name unique. */
  private static final int SUFFIX = 8;

  /**
   * A path segment of {@code [a-z0-9-]}; {@code machine} if nothing is left.
   *
   * @param taken segments in use; the new one is added
   */
  public static String segment(String name, Set<String> taken) {
    String plain =
        name.toLowerCase(Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ß", "ss")
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-|-$", "");
    String base = plain.isEmpty() ? "machine" : shortened(plain, SEGMENT - SUFFIX);
    return unique(base, "-", taken);
  }

  /**
   * A tag name: the browse names below the machine, with slashes.
   *
   * @param path browse names, at least one
   * @param taken names of the machine so far; the new one is added
   */
  public static String tag(List<String> path, Set<String> taken) {
    String joined =
        path.stream()
            .map(part -> part.replaceAll("[#+/\\p{Cntrl}\\x80-\\x9f]", "_").strip())
            .map(part -> part.isEmpty() ? "_" : part)
            .collect(Collectors.joining("/"));
    int most = TagName.MAX_LENGTH - SUFFIX;
    String base = joined.length() <= most ? joined : joined.substring(joined.length() - most);
    if (base.startsWith("/")) {
      base = "_" + base.substring(1);
    }
    return unique(base, "-", taken);
  }

  private static String unique(String base, String separator, Set<String> taken) {
    String name = base;
    for (int n = 2; !taken.add(name); n++) {
      name = base + separator + n;
    }
    return name;
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most).replaceAll("-$", "");
  }

  private Names() {}
}
