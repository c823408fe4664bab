package io.linewright.gateway.app.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.gateway.app.support.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveStreamsTest {

  /** A body of which nothing comes until it is closed; then reading fails, as with a socket. */
  private static final class Silent extends InputStream {

    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() throws IOException {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("closed");
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private final SettableClock clock = new SettableClock();
  private final LiveStreams streams = new LiveStreams(2, Duration.ofMinutes(15), clock);

  @Test
  void endsAllStreamsWhenTheGatewayStops() throws Exception {
    InputStream stream = streams.reserve().orElseThrow().watch(new Silent());
    Thread.ofVirtual().start(streams::endAll);

    assertThat(stream.read(new byte[8], 0, 8)).isEqualTo(-1);
    stream.close();
    assertThat(streams.count()).isZero();
  }

  @Test
  void endsOnlyStreamsAboveTheAge() throws Exception {
    InputStream old = streams.reserve().orElseThrow().watch(new Silent());
    clock.pass(Duration.ofMinutes(10));
    Silent body = new Silent();
    streams.reserve().orElseThrow().watch(body);
    clock.pass(Duration.ofMinutes(6));

    streams.endOld();

    assertThat(old.read(new byte[8], 0, 8)).isEqualTo(-1);
    assertThat(body.closed.getCount()).isEqualTo(1);
  }

  @Test
  void hasOnlySoManyPlacesAndGivesThemBackOnce() throws Exception {
    LiveStreams.Place first = streams.reserve().orElseThrow();
    InputStream stream = first.watch(new Silent());
    assertThat(streams.reserve()).isPresent();
    assertThat(streams.reserve()).isEmpty();

    stream.close();
    first.release();

    assertThat(streams.reserve()).isPresent();
    assertThat(streams.reserve()).isEmpty();
  }
}
