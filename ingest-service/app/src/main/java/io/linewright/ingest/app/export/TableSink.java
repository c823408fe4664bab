package io.linewright.ingest.app.export;

import java.io.IOException;
import java.io.OutputStream;

/** Where the tables of an export go. */
interface TableSink {

  /** Takes the bytes and keeps none. */
  TableSink NOWHERE = name -> OutputStream.nullOutputStream();

  /**
   * Where the next file goes. It is not closed; it ends with the next call.
   *
   * @param name such as {@code tag.csv}
   */
  OutputStream next(String name) throws IOException;
}
