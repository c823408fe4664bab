package io.linewright.simulator.modbus;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.ModbusUnit;
import io.linewright.simulator.tag.PlantTag;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Modbus TCP server of the plant: one unit id per machine, read only. */
public final class PlantModbusServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PlantModbusServer.class);

  private final ModbusTcpServer server;
  private final int port;
  private final Map<Integer, HeldRegister> byTag;

  private PlantModbusServer(ModbusTcpServer server, int port, Map<Integer, HeldRegister> byTag) {
    this.server = server;
    this.port = port;
    this.byTag = byTag;
  }

  /**
   * Starts a server.
   *
   * @param address local address to bind
   * @param port TCP port, 0 for a free one
   * @param pollInterval time between two polls of the gateway
   * @param patience longest wait for polls once a register has been polled; a gateway may restart
   *     in it
   * @throws IOException if the port is taken
   */
  public static PlantModbusServer start(
      List<RegisterPlace> places,
      String address,
      int port,
      Duration pollInterval,
      Duration patience)
      throws IOException {
    Map<Integer, RegisterUnit> units = new HashMap<>();
    Map<Integer, HeldRegister> held = new TreeMap<>();
    byUnit(places)
        .forEach(
            (unit, own) -> {
              var registers = new RegisterUnit(unit, own);
              units.put(unit.unitId(), registers);
              for (int i = 0; i < own.size(); i++) {
                PlantTag tag = own.get(i).tag();
                held.put(tag.index(), new HeldRegister(tag, registers, i, pollInterval, patience));
              }
            });
    try {
      return bind(units, held, address, port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting the Modbus server", e);
    } catch (ExecutionException e) {
      throw new IOException(
          "cannot listen on " + address + ":" + port + " for Modbus TCP; is the port taken?", e);
    }
  }

  private static Map<ModbusUnit, List<RegisterPlace>> byUnit(List<RegisterPlace> places) {
    return places.stream()
        .collect(Collectors.groupingBy(place -> place.tag().machine().modbus().orElseThrow()));
  }

  private static PlantModbusServer bind(
      Map<Integer, RegisterUnit> units, Map<Integer, HeldRegister> held, String address, int port)
      throws InterruptedException, ExecutionException {
    var bound = new CompletableFuture<Integer>();
    ModbusTcpServer server =
        ModbusTcpServer.create(
            NettyTcpServerTransport.create(
                config -> {
                  config.bindAddress = address;
                  config.port = port;
                  config.bootstrapCustomizer = bootstrap -> tellPort(bootstrap, bound);
                }),
            new UnitServices(units));
    server.start();
    return new PlantModbusServer(server, bound.get(), held);
  }

  /** TCP port that it listens on. */
  public int port() {
    return port;
  }

  /** Wants a tag to show a value; it does so at one of the next calls of {@link #show}. */
  public void want(PlantTag tag, SampleValue value) {
    @Nullable HeldRegister register = byTag.get(tag.index());
    if (register == null) {
      throw new IllegalArgumentException(tag.description().key() + " is not on Modbus");
    }
    register.want(value);
  }

  /**
   * Writes every wanted value whose register has held the one before long enough.
   *
   * @param now µs since 1970
   * @param shown is told of every value written
   */
  public void show(long now, Shown shown) {
    for (HeldRegister register : byTag.values()) {
      @Nullable SampleValue value = register.show(now);
      if (value != null) {
        shown.shown(register.tag(), value);
      }
    }
  }

  /** How many tags no client has read yet. */
  public int unpolled() {
    return (int) byTag.values().stream().filter(register -> !register.isPolled()).count();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("the Modbus server did not stop cleanly", e);
    }
  }

  /** Is told of values that are now in the registers. */
  @FunctionalInterface
  public interface Shown {
    /** The tag shows that value from now on. */
    void shown(PlantTag tag, SampleValue value);
  }

  private static void tellPort(ServerBootstrap bootstrap, CompletableFuture<Integer> bound) {
    bootstrap.handler(
        new ChannelInboundHandlerAdapter() {
          @Override
          public void channelActive(ChannelHandlerContext context) {
            if (context.channel().localAddress() instanceof InetSocketAddress local) {
              bound.complete(local.getPort());
            }
            context.fireChannelActive();
          }
        });
  }
}
