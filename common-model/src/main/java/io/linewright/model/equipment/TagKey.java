package io.linewright.model.equipment;

/**
 * A tag in the whole plant, written {@code acme/graz/body/line-1/press-01#spindle/temperature}.
 *
 * @param equipment the equipment that the tag belongs to
 * @param name its name there
 */
public record TagKey(EquipmentPath equipment, TagName name) implements Comparable<TagKey> {

  /**
   * @throws IllegalArgumentException if the text is not a path, {@code #} and a tag name
   */
  public static TagKey parse(String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw new IllegalArgumentException(
          "a tag is written PATH#NAME; '#' is missing in '" + text + "'");
    }
    return new TagKey(
        EquipmentPath.parse(text.substring(0, hash)), new TagName(text.substring(hash + 1)));
  }

  @Override
  public int compareTo(TagKey other) {
    int byEquipment = equipment.compareTo(other.equipment);
    return byEquipment != 0 ? byEquipment : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return equipment + "#" + name;
  }
}
