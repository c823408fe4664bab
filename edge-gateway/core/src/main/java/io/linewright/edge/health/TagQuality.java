package io.linewright.edge.health;

import java.util.List;

/**
 * How the published tags of a device are.
 *
 * @param tags number of its tags
 * @param bad of these, with a Bad last value
 * @param notCommunicating of these, Bad because the machine says nothing
 * @param first some of the bad ones, with the reason
 */
public record TagQuality(int tags, int bad, int notCommunicating, List<BadTag> first) {

  /** Of a device without published tags. */
  public static final TagQuality NONE = new TagQuality(0, 0, 0, List.of());

  /**
   * A Bad tag.
   *
   * @param name name of the tag
   * @param reason its status, by name where it has one
   */
  public record BadTag(String name, String reason) {}

  public TagQuality {
    first = List.copyOf(first);
  }

  /** Whether the whole device says nothing. */
  boolean silent() {
    return tags > 0 && notCommunicating == tags;
  }

  /**
   * The named bad tags as a JSON array {@code [{"tag":…,"reason":…}]}.
   *
   * @param mostCharacters bound of the text, at least 2; tags that do not fit are left out
   */
  public String json(int mostCharacters) {
    StringBuilder json = new StringBuilder("[");
    for (BadTag tag : first) {
      StringBuilder one = new StringBuilder(json.length() == 1 ? "" : ",");
      one.append("{\"tag\":");
      quote(one, tag.name());
      one.append(",\"reason\":");
      quote(one, tag.reason());
      one.append('}');
      if (json.length() + one.length() + 1 > mostCharacters) {
        break;
      }
      json.append(one);
    }
    return json.append(']').toString();
  }

  private static void quote(StringBuilder to, String text) {
    to.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        to.append('\\').append(c);
      } else if (c < ' ') {
        to.append("\\u%04x".formatted((int) c));
      } else {
        to.append(c);
      }
    }
    to.append('"');
  }
}
