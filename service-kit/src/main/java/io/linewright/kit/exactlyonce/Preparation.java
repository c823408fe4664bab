package io.linewright.kit.exactlyonce;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Has a handler prepare records: when they are asked for, or ahead on a thread of its own if the
 * handler allows that. At most two are under way, because the consumer begins one while it applies
 * another.
 */
final class Preparation<P> implements AutoCloseable {

  private final BatchHandler<P> handler;
  private final @Nullable ExecutorService ahead;

  Preparation(String part, BatchHandler<P> handler) {
    this.handler = handler;
    this.ahead =
        handler.preparesAhead()
            ? Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("prepare-" + part).daemon().factory())
            : null;
  }

  /** What gives the prepared records, or the handler's exception. */
  Supplier<P> begin(List<ConsumerRecord<byte[], byte[]>> records) {
    if (ahead == null || records.isEmpty()) {
      return () -> handler.prepare(records);
    }
    CompletableFuture<P> prepared =
        CompletableFuture.supplyAsync(() -> handler.prepare(records), ahead);
    return () -> await(prepared);
  }

  private static <P> P await(CompletableFuture<P> prepared) {
    try {
      return prepared.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }

  /** What is under way ends by itself; nobody asks for it any more. */
  @Override
  public void close() {
    if (ahead != null) {
      ahead.shutdownNow();
    }
  }
}
