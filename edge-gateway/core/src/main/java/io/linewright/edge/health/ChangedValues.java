package io.linewright.edge.health;

import io.linewright.model.equipment.TagName;
import io.linewright.model.sample.SampleValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets only what changed through, and only so much at once; what is left over comes first the next
 * time. For one thread.
 */
public final class ChangedValues {

  private final int most;
  private final Map<TagName, SampleValue> told = new HashMap<>();
  private int begin;

  /**
   * @param most values of one round, at least 1
   */
  public ChangedValues(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a round tells at least 1 value, not " + most);
    }
    this.most = most;
  }

  /** What is to be told of these; it counts as told. */
  public Map<TagName, SampleValue> of(Map<TagName, SampleValue> present) {
    List<TagName> names = new ArrayList<>(present.keySet());
    Map<TagName, SampleValue> changed = new LinkedHashMap<>();
    int from = names.isEmpty() ? 0 : begin % names.size();
    for (int i = 0; i < names.size(); i++) {
      int place = (from + i) % names.size();
      TagName name = names.get(place);
      SampleValue value = present.get(name);
      if (value == null || value.equals(told.get(name))) {
        continue;
      }
      if (changed.size() == most) {
        begin = place;
        break;
      }
      told.put(name, value);
      changed.put(name, value);
    }
    told.keySet().retainAll(present.keySet());
    return changed;
  }
}
