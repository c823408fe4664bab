package io.linewright.ingest.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveStreamsTest {

  private static final Duration BEAT = Duration.ofMillis(1);

  private final AtomicInteger completed = new AtomicInteger();
  private final AtomicReference<AsyncListener> listener = new AtomicReference<>();
  private final AsyncContext async =
      fake(
          AsyncContext.class,
          (self, method, arguments) -> {
            switch (method.getName()) {
              case "complete" -> completed.incrementAndGet();
              case "addListener" -> listener.set((AsyncListener) arguments[0]);
              default -> {}
            }
            return null;
          });
  private final LiveStreams streams =
      new LiveStreams(5, 5, BEAT, new LiveMeters(new SimpleMeterRegistry()));

  /** The server uses the context for the next request: completed again, that one would end. */
  @Test
  void aStreamWhoseClientTheServerFindsGoneIsCompletedOnce() throws Exception {
    CountDownLatch found = new CountDownLatch(1);
    open(
        () -> {
          found.await();
          throw new IOException("Broken pipe");
        },
        () -> {});

    listener.get().onError(new AsyncEvent(async, new IOException("gone")));
    assertThat(completed).hasValue(1);
    found.countDown();

    await().until(() -> streams.count() == 0);
    listener.get().onComplete(new AsyncEvent(async));
    assertThat(completed).hasValue(1);
  }

  @Test
  void aStreamThatTheServerHasEndedWritesNothingMore() throws Exception {
    AtomicInteger written = new AtomicInteger();
    open(() -> {}, written::incrementAndGet);
    await().until(() -> written.get() > 0);

    listener.get().onError(new AsyncEvent(async, new IOException("gone")));

    await().until(() -> streams.count() == 0);
    assertThat(completed).hasValue(1);
  }

  @Test
  void aStreamThatIsNotReadIsCompletedOnce() throws Exception {
    open(
        () -> {
          throw new IOException("Broken pipe");
        },
        () -> {});

    await().until(() -> streams.count() == 0);
    await().until(() -> completed.get() == 1);
    listener.get().onError(new AsyncEvent(async, new IOException("gone")));
    assertThat(completed).hasValue(1);
  }

  private interface Begin {
    void run() throws IOException, InterruptedException;
  }

  private void open(Begin begin, Runnable next) throws IOException {
    streams.start();
    streams.open(
        "somebody",
        null,
        response ->
            new LiveStreams.Client() {
              @Override
              public void begin(@Nullable String lastEventId)
                  throws IOException, InterruptedException {
                begin.run();
              }

              @Override
              public void next() {
                next.run();
              }

              @Override
              public Duration interval() {
                return BEAT;
              }
            },
        fake(HttpServletRequest.class, (self, method, arguments) -> async),
        fake(HttpServletResponse.class, (self, method, arguments) -> null));
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
