package io.linewright.model.equipment;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Place of a piece of equipment in the hierarchy of ISA-95 (IEC 62264-1), such as {@code
 * acme/graz/body/line-1/press-01}: enterprise / site / area / work center / work unit / equipment
 * modules.
 *
 * <p>A path is an attribute that may change when a machine moves; the identity is the {@link
 * EquipmentId}.
 *
 * @param segments 1 to 8 segments, each 1 to 64 characters of {@code [a-z0-9-]}
 */
public record EquipmentPath(List<String> segments) implements Comparable<EquipmentPath> {

  /** Most segments that a path may have. */
  public static final int MAX_DEPTH = 8;

  private static final Pattern SEGMENT = Pattern.compile("[a-z0-9-]{1,64}");

  /**
   * @throws IllegalArgumentException if there are no or too many segments, or one has a forbidden
   *     character
   */
  public EquipmentPath {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || segments.size() > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "an equipment path has 1 to " + MAX_DEPTH + " segments, this has " + segments.size());
    }
    for (String segment : segments) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "equipment path segment '"
                + abbreviate(segment)
                + "' must be 1 to 64 characters of a-z, 0-9 and -");
      }
    }
  }

  /**
   * Reads the usual form with slashes.
   *
   * @throws IllegalArgumentException if the text is not a path
   */
  public static EquipmentPath parse(String text) {
    if (text.length() > MAX_DEPTH * 65) {
      throw new IllegalArgumentException(
          "an equipment path has at most " + MAX_DEPTH * 65 + " characters");
    }
    return new EquipmentPath(List.of(text.split("/", -1)));
  }

  /** The level that the depth stands for; everything below a work unit is an equipment module. */
  public EquipmentLevel level() {
    return EquipmentLevel.atDepth(segments.size());
  }

  /** The last segment. */
  public String name() {
    return segments.getLast();
  }

  /** The path one level up; empty at the enterprise. */
  public Optional<EquipmentPath> parent() {
    return segments.size() == 1
        ? Optional.empty()
        : Optional.of(new EquipmentPath(segments.subList(0, segments.size() - 1)));
  }

  /** The path of a direct part of this equipment. */
  public EquipmentPath child(String segment) {
    var longer = new java.util.ArrayList<>(segments);
    longer.add(segment);
    return new EquipmentPath(longer);
  }

  /** Whether {@code other} is this equipment or lies below it. */
  public boolean contains(EquipmentPath other) {
    return other.segments.size() >= segments.size()
        && other.segments.subList(0, segments.size()).equals(segments);
  }

  /**
   * The work center (line) that this equipment belongs to, or the path itself above that level: the
   * key of every stream whose logic needs all machines of a line.
   */
  public EquipmentPath line() {
    int depth = EquipmentLevel.WORK_CENTER.depth();
    return segments.size() <= depth ? this : new EquipmentPath(segments.subList(0, depth));
  }

  @Override
  public int compareTo(EquipmentPath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return String.join("/", segments);
  }

  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
