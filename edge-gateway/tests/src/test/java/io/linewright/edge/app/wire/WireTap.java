package io.linewright.edge.app.wire;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.connect.WillPublishPacket;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An extension of the test broker that writes down every packet as the broker received it. */
public final class WireTap implements ExtensionMain {

  /** A packet that a client sent. */
  public sealed interface Packet {
    /** MQTT client id of the sender. */
    String client();
  }

  /** CONNECT. */
  public record Connect(
      String client, boolean cleanStart, long sessionExpiry, Optional<Publish> will)
      implements Packet {}

  /** One topic filter of a SUBSCRIBE. */
  public record Subscribe(String client, String topic, int qos) implements Packet {}

  /** PUBLISH. */
  @SuppressWarnings("ArrayRecordComponent") // compared never
  public record Publish(String client, String topic, int qos, boolean retained, byte[] payload)
      implements Packet {}

  /** DISCONNECT; a connection that breaks has none. */
  public record Disconnect(String client, String reason) implements Packet {}

  private final List<Packet> packets = new CopyOnWriteArrayList<>();

  /** Everything so far, in the order of arrival. */
  public List<Packet> packets() {
    return packets;
  }

  /** The packets of one kind so far. */
  public <T extends Packet> List<T> all(Class<T> kind) {
    return packets.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The messages so far whose topic contains the text. */
  public List<Publish> published(String inTopic) {
    return all(Publish.class).stream().filter(one -> one.topic().contains(inTopic)).toList();
  }

  /** Whether a client that was there has gone: nothing of it comes behind its DISCONNECT. */
  public boolean gone(String client) {
    List<Packet> own = packets.stream().filter(one -> one.client().equals(client)).toList();
    return own.isEmpty() || own.getLast() instanceof Disconnect;
  }

  /** Forgets everything. */
  public void clear() {
    packets.clear();
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    Services.interceptorRegistry()
        .setConnectInboundInterceptorProvider(
            provider ->
                (connect, unchanged) ->
                    packets.add(
                        connect(
                            connect.getClientInformation().getClientId(),
                            connect.getConnectPacket())));
    Services.initializerRegistry().setClientInitializer((client, context) -> listen(context));
  }

  private void listen(ClientContext context) {
    context.addSubscribeInboundInterceptor(
        (in, out) ->
            in.getSubscribePacket()
                .getSubscriptions()
                .forEach(
                    one ->
                        packets.add(
                            new Subscribe(
                                in.getClientInformation().getClientId(),
                                one.getTopicFilter(),
                                number(one.getQos())))));
    context.addPublishInboundInterceptor(
        (in, out) ->
            packets.add(publish(in.getClientInformation().getClientId(), in.getPublishPacket())));
    context.addDisconnectInboundInterceptor(
        (in, out) ->
            packets.add(
                new Disconnect(
                    in.getClientInformation().getClientId(),
                    in.getDisconnectPacket().getReasonCode().name())));
  }

  private static Connect connect(String client, ConnectPacket packet) {
    Optional<WillPublishPacket> will = packet.getWillPublish();
    return new Connect(
        client,
        packet.getCleanStart(),
        packet.getSessionExpiryInterval(),
        will.map(one -> publish(client, one)));
  }

  private static Publish publish(String client, PublishPacket packet) {
    ByteBuffer buffer = packet.getPayload().orElse(ByteBuffer.allocate(0));
    byte[] payload = new byte[buffer.remaining()];
    buffer.get(payload);
    return new Publish(
        client, packet.getTopic(), number(packet.getQos()), packet.getRetain(), payload);
  }

  private static int number(Qos qos) {
    return Objects.requireNonNull(qos).getQosNumber();
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {}
}
