package io.linewright.ingest.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server gets a response back once, and never while it is being written to. */
class LiveStreamTest {

  private final AtomicInteger completed = new AtomicInteger();
  private final AsyncContext async =
      (AsyncContext)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AsyncContext.class},
              (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("complete");
                completed.incrementAndGet();
                return null;
              });
  private final LiveStream stream = new LiveStream("somebody");

  @Test
  void aServerThatFindsTheClientGoneWaitsForTheWriteThatFails() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    OutputStream out =
        stream.output(
            new OutputStream() {
              @Override
              public void write(int one) throws IOException {
                writing.countDown();
                try {
                  fail.await();
                } catch (InterruptedException stopped) {
                  Thread.currentThread().interrupt();
                }
                assertThat(completed).hasValue(0);
                throw new IOException("gone");
              }
            });
    AtomicInteger failures = new AtomicInteger();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    out.write(1);
                  } catch (IOException gone) {
                    failures.incrementAndGet();
                  }
                });
    writing.await();
    Thread server = Thread.ofPlatform().start(() -> stream.onError(new AsyncEvent(async)));
    await().until(() -> server.getState() == Thread.State.WAITING);
    assertThat(completed).as("while it is being written to").hasValue(0);
    fail.countDown();
    server.join();
    writer.join();

    assertThat(failures).hasValue(1);
    assertThat(completed).hasValue(1);
    stream.end(async);
    assertThat(completed).as("once").hasValue(1);
  }

  @Test
  void nothingIsWrittenOnceTheServerHasTheResponse() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream out = stream.output(bytes);
    out.write(new byte[] {1, 2});
    out.flush();
    stream.onComplete(new AsyncEvent(async));

    assertThatThrownBy(() -> out.write(3)).isInstanceOf(IOException.class);
    assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
    assertThat(bytes.toByteArray()).containsExactly(1, 2);
    stream.end(async);
    assertThat(completed).as("the server has completed it itself").hasValue(0);
  }
}
