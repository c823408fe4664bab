package io.linewright.oee.masterdata.form;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Which names there are that others may refer to. */
public interface Names {

  /** For documents that were checked before: whatever they refer to is taken. */
  Names ANY =
      new Names() {
        @Override
        public boolean has(MasterKind kind, String name) {
          return true;
        }

        @Override
        public Collection<String> names(MasterKind kind) {
          return List.of();
        }
      };

  /** Whether there is something of that name. */
  boolean has(MasterKind kind, String name);

  /** All names of a kind, for messages. */
  Collection<String> names(MasterKind kind);

  /** How a reference to something of that kind is written. */
  default Scalar<String> reference(MasterKind kind, Collection<String> builtIn) {
    Scalar<String> name = Scalars.name("it");
    return new Scalar<>(
        text -> {
          if (!builtIn.contains(text) && !has(kind, name.read().apply(text))) {
            throw new IllegalArgumentException(
                "'%s' is not in %s".formatted(Scalars.shown(text), kind.section()));
          }
          return text;
        },
        text -> text,
        "use one of "
            + String.join(
                ", ",
                Stream.concat(builtIn.stream(), names(kind).stream().sorted()).limit(20).toList())
            + ", or write it in this document");
  }
}
