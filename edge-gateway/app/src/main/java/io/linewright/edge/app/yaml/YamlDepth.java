package io.linewright.edge.app.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * How deep the lists and maps of a YAML text are nested. The composer calls itself for each level,
 * so that 64 KiB of opening brackets would overflow the stack.
 */
public final class YamlDepth {

  /** More than any of our files needs. */
  public static final int MOST = 64;

  /** Whether the text is nested deeper than {@link #MOST}; false if it is not YAML. */
  public static boolean tooDeep(String text, LoadSettings settings) {
    int depth = 0;
    try {
      for (Event event : new Parse(settings).parseString(text)) {
        if (event instanceof CollectionStartEvent && ++depth > MOST) {
          return true;
        }
        if (event instanceof CollectionEndEvent) {
          depth--;
        }
      }
    } catch (YamlEngineException notYaml) {
      return false; // whoever reads it next says why
    }
    return false;
  }

  private YamlDepth() {}
}
