package io.linewright.ingest.app.live;

import io.linewright.ingest.app.answer.Parameters;
import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.ingest.app.live.LiveBoard.Shown;
import io.linewright.ingest.app.live.LiveBoard.Slot;
import io.linewright.ingest.app.quarantine.Quarantine;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.live.Conflation;
import io.linewright.ingest.live.LiveScope;
import io.linewright.ingest.live.Resumption;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One live stream. Besides the event that is being written it keeps a number for each of its tags:
 * a client that reads slowly gets fewer events, not longer ones. Used by one thread.
 */
final class LiveClient implements LiveStreams.Client {

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Values of one event, some 130 KB. */
  private static final int MOST_PER_EVENT = 500;

  /** What all streams share. */
  record Shared(
      LiveBoard board,
      LivePosition position,
      MissedSamples missed,
      Quarantine quarantine,
      JsonMapper json,
      LiveSettings settings,
      LiveMeters meters,
      InstantSource clock) {}

  private final Shared shared;
  private final Supplier<LiveScope> choice;
  private final Duration interval;
  private final EventWriter events;
  private final List<Slot> slots = new ArrayList<>();
  private LiveScope scope;
  private Conflation sent = new Conflation();
  private int looked;
  private int moves;
  private long shownQuarantine = -1;
  private long lastSentNanos = System.nanoTime();

  /**
   * @param choice what the stream shows; asked again when equipment has been moved, as the paths of
   *     named tags are others then
   */
  LiveClient(Shared shared, Supplier<LiveScope> choice, Duration interval, OutputStream out) {
    this.shared = shared;
    this.choice = choice;
    this.scope = choice.get();
    this.interval = interval;
    this.events = new EventWriter(out);
  }

  @Override
  public void begin(@Nullable String lastEventId) throws IOException, InterruptedException {
    OptionalLong position = shared.position().now(Duration.ZERO);
    shared.board().refreshNow();
    follow();
    Resumption resumption =
        Resumption.of(
            lastEventId,
            shared.clock().millis() * 1_000,
            shared.settings().resumeWithin().toMillis() * 1_000,
            slots.size(),
            shared.settings().resumeTags());
    switch (resumption) {
      case Resumption.LastValues(Resumption.Reason reason) -> lastValues(reason, position);
      case Resumption.MissedValues(long after) -> missedValues(after, position);
    }
    quarantine();
    send();
  }

  @Override
  public void next() throws IOException {
    // Before the values: all that is stored up to it is among them.
    OptionalLong position = shared.position().now(interval);
    shared.board().refresh();
    follow();
    long skipped = changes(position);
    if (skipped > 0) {
      events.event("skipped", "{\"values\":" + skipped + "}");
      shared.meters().skipped(skipped);
    }
    quarantine();
    if (System.nanoTime() - lastSentNanos >= HEARTBEAT.toNanos()) {
      events.alive(position);
    }
    send();
  }

  @Override
  public Duration interval() {
    return interval;
  }

  /**
   * Takes up tags that have become known. After equipment has been moved the stream begins anew: it
   * shows last values under the paths that they have now.
   */
  private void follow() {
    int now = shared.board().moves();
    if (now != moves) {
      moves = now;
      scope = choice.get();
      slots.clear();
      sent = new Conflation();
      looked = 0;
    }
    Slot[] all = shared.board().slots();
    for (; looked < all.length; looked++) {
      Slot slot = all[looked];
      if (slot.isIn(scope)) {
        slots.add(slot);
        sent.add();
      }
    }
  }

  private long changes(OptionalLong position) throws IOException {
    long skipped = 0;
    for (int i = 0; i < slots.size(); i++) {
      Shown shown = slots.get(i).shown();
      if (shown != null) {
        int left = sent.take(i, shown.number());
        if (left != Conflation.NOTHING_NEW && shown.isIn(scope)) {
          skipped += left;
          value(shown.text(shared.json()));
        }
      }
    }
    events.endValues(position);
    return skipped;
  }

  private void lastValues(Resumption.Reason reason, OptionalLong position) throws IOException {
    events.event(
        "begin",
        "{\"given\":\"last-values\",\"reason\":\"%s\",\"interval\":\"%s\"}"
            .formatted(Parameters.text(reason), interval));
    changes(position);
  }

  private void missedValues(long after, OptionalLong position)
      throws IOException, InterruptedException {
    List<@Nullable Shown> known = new ArrayList<>();
    slots.forEach(slot -> known.add(slot.shown()));
    Optional<List<LastValue>> stored;
    try {
      stored = shared.missed().after(after, slots.stream().map(Slot::tagId).toList());
    } catch (DataAccessResourceFailureException unanswered) {
      lastValues(Resumption.Reason.STORAGE_UNAVAILABLE, position);
      return;
    }
    if (stored.isEmpty()) {
      lastValues(Resumption.Reason.TOO_MANY_VALUES, position);
      return;
    }
    List<byte[]> missed = texts(stored.get());
    missed.addAll(beyond(stored.get(), known, after));
    events.event(
        "begin",
        "{\"given\":\"missed-values\",\"after\":\"%s\",\"values\":%d,\"interval\":\"%s\"}"
            .formatted(Rfc3339.format(after), missed.size(), interval));
    for (byte[] text : missed) {
      value(text);
    }
    events.endValues(position);
    for (int i = 0; i < known.size(); i++) {
      Shown shown = known.get(i);
      if (shown != null) {
        sent.seen(i, shown.number());
      }
    }
  }

  private List<byte[]> texts(List<LastValue> samples) {
    List<byte[]> texts = new ArrayList<>();
    for (LastValue sample : samples) {
      byte[] text = shared.board().text(sample, scope);
      if (text != null) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** Last values that have changed since, but whose source times were not looked for. */
  private List<byte[]> beyond(List<LastValue> stored, List<@Nullable Shown> known, long after) {
    Map<Integer, Long> newest = new HashMap<>();
    for (LastValue sample : stored) {
      newest.merge(sample.tagId(), sample.sample().sourceMicros(), Math::max);
    }
    List<byte[]> texts = new ArrayList<>();
    for (Shown shown : known) {
      if (shown != null
          && shown.isIn(scope)
          && shown.value().ingestMicros() > after
          && newest.getOrDefault(shown.value().tagId(), Long.MIN_VALUE)
              < shown.value().sample().sourceMicros()) {
        texts.add(shown.text(shared.json()));
      }
    }
    return texts;
  }

  private void value(byte[] text) throws IOException {
    if (events.values() == MOST_PER_EVENT) {
      events.endValues(OptionalLong.empty());
      send();
    }
    events.value(text);
  }

  private void quarantine() {
    long count = shared.quarantine().lastCount();
    if (count != shownQuarantine) {
      events.event("quarantine", "{\"count\":" + count + "}");
      shownQuarantine = count;
    }
  }

  private void send() throws IOException {
    if (events.send()) {
      lastSentNanos = System.nanoTime();
    }
  }
}
