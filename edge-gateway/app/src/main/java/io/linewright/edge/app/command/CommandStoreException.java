package io.linewright.edge.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The memory of commands cannot be read or written; without it nothing may be executed. */
public final class CommandStoreException extends Exception {

  private static final long serialVersionUID = 1L;

  CommandStoreException(Path file, @Nullable Throwable cause) {
    super(
        "memory of commands %s: %s; no command is executed before it can be used again"
            .formatted(file, cause == null ? "unknown cause" : cause.getMessage()),
        cause);
  }

  CommandStoreException(Path file, String problem) {
    super("memory of commands %s %s".formatted(file, problem));
  }
}
