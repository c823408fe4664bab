package io.linewright.bench.edgefault.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineTest {

  private ServerSocket server;
  private Line line;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setSoTimeout(60_000);
    line = new Line("test", server.getLocalPort(), new Random(1));
  }

  @AfterEach
  void close() throws IOException {
    line.close();
    server.close();
  }

  @Test
  void whatWasSwallowedGoesOnAfterwards() throws IOException {
    try (Socket client = connect();
        Socket peer = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(peer.getInputStream().read()).isEqualTo(1);
      line.set(Line.State.SWALLOWS);
      client.getOutputStream().write(2);
      peer.setSoTimeout(400);
      assertThatThrownBy(() -> peer.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      line.set(Line.State.OPEN);
      peer.setSoTimeout(60_000);
      assertThat(peer.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void whatWasSwallowedOfAClientThatGaveUpNeverArrives() throws IOException {
    Socket client = connect();
    try (Socket peer = server.accept()) {
      line.set(Line.State.SWALLOWS);
      client.getOutputStream().write(1);
      client.close();
      peer.setSoTimeout(60_000);
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aRefusingLineBreaksOldConnectionsAndNewOnes() throws IOException {
    try (Socket client = connect();
        Socket peer = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(peer.getInputStream().read()).isEqualTo(1);
      line.set(Line.State.REFUSES);
      assertThat(readOrBroken(client)).isEqualTo(-1);
      try (Socket again = connect()) {
        assertThat(readOrBroken(again)).isEqualTo(-1);
      }
    }
  }

  @Test
  void halfClosedTheServerSeesTheEnd() throws IOException {
    try (Socket client = connect();
        Socket peer = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(peer.getInputStream().read()).isEqualTo(1);
      line.halfClose();
      peer.setSoTimeout(60_000);
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
      peer.getOutputStream().write(3);
      assertThat(client.getInputStream().read()).isEqualTo(3);
    }
  }

  @Test
  void aStutteringLineDeliversAllInOrder() throws IOException {
    line.set(Line.State.STUTTERS);
    try (Socket client = connect();
        Socket peer = server.accept()) {
      byte[] sent = new byte[100_000];
      new Random(2).nextBytes(sent);
      client.getOutputStream().write(sent);
      assertThat(peer.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), line.port());
    client.setSoTimeout(60_000);
    return client;
  }

  private static int readOrBroken(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (IOException broken) {
      return -1;
    }
  }
}
