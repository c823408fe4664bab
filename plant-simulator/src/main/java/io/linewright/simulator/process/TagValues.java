package io.linewright.simulator.process;

import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.tag.PlantTag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The present value of every tag; passes on what really changes. */
final class TagValues {

  private static final ChangeSink NOBODY = (micros, tag, value) -> {};

  private final List<PlantTag> tags;
  private final @Nullable SampleValue[] present;
  private final Agenda agenda;
  private ChangeSink sink = NOBODY;

  TagValues(List<PlantTag> tags, Agenda agenda) {
    this.tags = tags;
    this.agenda = agenda;
    this.present = new SampleValue[tags.size()];
  }

  void passTo(ChangeSink next) {
    sink = next;
  }

  void set(int index, SampleValue value) {
    if (!value.equals(present[index])) {
      present[index] = value;
      sink.changed(agenda.now(), tags.get(index), value);
    }
  }

  @Nullable SampleValue get(int index) {
    return present[index];
  }
}
