package io.linewright.edge.app.uplink;

import io.linewright.edge.app.log.LogRecord;
import io.linewright.model.command.CommandProgress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far commands have come, on the way into the log. What the log did not take stays here and is
 * tried again; whoever tells more than fits waits.
 */
final class ProgressQueue {

  private static final int MOST = 1000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final BlockingQueue<CommandProgress> told = new ArrayBlockingQueue<>(MOST);
  private final List<CommandProgress> storing = new ArrayList<>();

  /** Takes a step; waits while too many are not stored. Any thread. */
  void tell(CommandProgress progress) throws InterruptedException {
    told.put(progress);
  }

  /** What is to be stored now, in order. Logging thread. */
  List<LogRecord> records(long nowMicros) {
    told.drainTo(storing, MOST - storing.size());
    return storing.stream().map(progress -> record(progress, nowMicros)).toList();
  }

  /** All of it was stored. Logging thread. */
  void stored() {
    storing.clear();
  }

  private static LogRecord record(CommandProgress progress, long nowMicros) {
    byte[] json = JSON.writeValueAsString(progress).getBytes(StandardCharsets.UTF_8);
    return new LogRecord("", LogRecord.Kind.PROGRESS, 0, nowMicros, nowMicros, json);
  }
}
