package io.linewright.edge.app.reload;

import io.linewright.edge.config.EdgeFile;

/** A part of the gateway that goes on with another gateway file. */
@FunctionalInterface
public interface TakesFile {

  /**
   * Goes on with a file. It is called with the file in force when a later part could not take the
   * next one: then everything is to be as before.
   *
   * @throws Exception if it cannot; nothing has changed then
   */
  void take(EdgeFile next) throws Exception;
}
