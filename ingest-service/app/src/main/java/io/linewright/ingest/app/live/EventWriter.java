package io.linewright.ingest.app.live;

import io.linewright.ingest.live.EventId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Writes Server-Sent Events (HTML standard, 9.2) into an answer. Several events that belong
 * together leave in one piece.
 */
final class EventWriter {

  private static final int USUAL_BYTES = 4 * 1024;
  private static final byte[] BEGIN = bytes("event: values\ndata: [");

  private final OutputStream out;
  private ByteArrayOutputStream piece = new ByteArrayOutputStream(USUAL_BYTES);
  private int values;

  EventWriter(OutputStream out) {
    this.out = out;
  }

  /** Adds a value to the event {@code values} that is being written. */
  void value(byte[] json) {
    if (values == 0) {
      piece.writeBytes(BEGIN);
    } else {
      piece.write(',');
    }
    piece.writeBytes(json);
    values++;
  }

  /** How many values the event has so far. */
  int values() {
    return values;
  }

  /** Ends the event {@code values}, if one has been begun. */
  void endValues(OptionalLong position) {
    if (values > 0) {
      piece.write(']');
      piece.write('\n');
      id(position);
      piece.write('\n');
      values = 0;
    }
  }

  /** Adds a comment, and the position that the client has reached although there is no event. */
  void alive(OptionalLong position) {
    piece.writeBytes(bytes(": alive\n"));
    id(position);
    piece.write('\n');
  }

  private void id(OptionalLong position) {
    if (position.isPresent()) {
      piece.writeBytes(bytes("id: " + EventId.of(position.getAsLong()) + "\n"));
    }
  }

  /** Adds an event with a line of data. */
  void event(String name, String data) {
    piece.writeBytes(bytes("event: " + name + "\ndata: " + data + "\n\n"));
  }

  /**
   * Sends what has been added; waits while the client takes nothing.
   *
   * @return whether there was anything
   * @throws IOException if the client is gone, or has taken nothing for as long as the server waits
   */
  boolean send() throws IOException {
    if (piece.size() == 0) {
      return false;
    }
    piece.writeTo(out);
    if (piece.size() > 16 * USUAL_BYTES) {
      piece = new ByteArrayOutputStream(USUAL_BYTES); // a first event is large, the others are not
    } else {
      piece.reset();
    }
    out.flush();
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
