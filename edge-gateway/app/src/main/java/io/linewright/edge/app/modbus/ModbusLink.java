package io.linewright.edge.app.modbus;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ModbusResponsePdu;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.linewright.edge.app.driver.DeviceLink;
import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.driver.TagChannel;
import io.linewright.edge.config.Connection;
import io.linewright.edge.modbus.ReadBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One Modbus TCP connection that polls all units behind it. */
public final class ModbusLink implements DeviceLink {

  /** Silence of all units after which the connection is built anew. */
  private static final Duration GIVE_UP = Duration.ofSeconds(5);

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private record Answer(
      UnitPoller unit,
      ReadBlock block,
      @Nullable ModbusResponsePdu response,
      @Nullable Throwable failure) {}

  private final Connection.ModbusTcp settings;
  private final Map<Integer, UnitTags> units = new TreeMap<>();

  /**
   * @param tagsByUnit all tags of the connection by unit id
   */
  public ModbusLink(Connection.ModbusTcp settings, Map<Integer, List<TagChannel>> tagsByUnit) {
    this.settings = settings;
    tagsByUnit.forEach((unit, tags) -> units.put(unit, new UnitTags(tags)));
  }

  @Override
  public void live(Life life) throws LinkException, InterruptedException {
    NettyTcpClientTransport transport =
        NettyTcpClientTransport.create(
            config -> {
              config.hostname = settings.host();
              config.port = settings.port();
              config.connectTimeout = CONNECT;
              config.connectPersistent = false;
            });
    ModbusTcpClient client =
        ModbusTcpClient.create(transport, config -> config.requestTimeout = settings.timeout());
    try {
      connect(client);
      new PollRun(client, life).run();
    } finally {
      client.disconnectAsync();
    }
  }

  private void connect(ModbusTcpClient client) throws LinkException, InterruptedException {
    String where = settings.host() + ":" + settings.port();
    try {
      client.connectAsync().toCompletableFuture().get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException refused) {
      throw new LinkException(
          "no connection to "
              + where
              + " ("
              + refused.getCause()
              + "); check host, port and device",
          refused);
    } catch (TimeoutException late) {
      throw new LinkException(
          "no connection to " + where + " within " + CONNECT.toSeconds() + " s; check the network",
          late);
    }
  }

  /** Polls until the connection breaks. */
  private final class PollRun {

    private final ModbusTcpClient client;
    private final Life life;
    private final List<UnitPoller> pollers = new ArrayList<>();

    /** Holds at most one answer per unit: there is no answer without a request. */
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

    private boolean reportedSilent;

    PollRun(ModbusTcpClient client, Life life) {
      this.client = client;
      this.life = life;
      long now = System.nanoTime();
      units.forEach(
          (id, tags) -> pollers.add(new UnitPoller(id, tags, settings.pollInterval(), now)));
    }

    void run() throws LinkException, InterruptedException {
      while (true) {
        long wait = Long.MAX_VALUE;
        for (UnitPoller poller : pollers) {
          request(poller);
          wait = Math.min(wait, poller.waitNanos(System.nanoTime()));
        }
        Answer answer = answers.poll(wait, TimeUnit.NANOSECONDS);
        while (answer != null) {
          take(answer);
          request(answer.unit);
          answer = answers.poll();
        }
        watch();
      }
    }

    private void request(UnitPoller poller) {
      ReadBlock block = poller.nextRequest(System.nanoTime());
      if (block != null) {
        ModbusReads.send(client, poller.unitId(), block)
            .whenComplete(
                (response, failure) -> answers.add(new Answer(poller, block, response, failure)));
      }
    }

    private void take(Answer answer) throws LinkException, InterruptedException {
      Throwable failure =
          answer.failure instanceof CompletionException && answer.failure.getCause() != null
              ? answer.failure.getCause()
              : answer.failure;
      long now = System.nanoTime();
      if (answer.response != null) {
        byte[] data = ModbusReads.data(answer.block, answer.response);
        if (data == null) {
          answer.unit.garbled("the answer has another length than was asked for");
          return;
        }
        answer.unit.answered(data, now);
        heard();
      } else if (failure instanceof ModbusResponseException refusal) {
        answer.unit.refused(refusal, now);
        heard();
      } else if (failure instanceof TimeoutException) {
        answer.unit.timedOut(now);
      } else {
        throw new LinkException("the connection broke (" + failure + ")", failure);
      }
    }

    private void heard() {
      reportedSilent = false;
      life.running();
    }

    private void watch() throws LinkException, InterruptedException {
      long now = System.nanoTime();
      boolean allSilent = true;
      long least = Long.MAX_VALUE;
      for (UnitPoller poller : pollers) {
        poller.watch(now);
        allSilent &= poller.silent();
        least = Math.min(least, poller.silentNanos(now));
      }
      if (!client.isConnected()) {
        throw new LinkException("the device closed the connection");
      }
      if (allSilent && !reportedSilent) {
        reportedSilent = true;
        life.silent("no unit answers");
      }
      if (allSilent && least >= GIVE_UP.toNanos()) {
        throw new LinkException(
            "no unit has answered for " + GIVE_UP.toSeconds() + " s; the connection is given up");
      }
    }
  }
}
