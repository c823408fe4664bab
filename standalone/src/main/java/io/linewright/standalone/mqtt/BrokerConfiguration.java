package io.linewright.standalone.mqtt;

/** The broker's configuration file. */
final class BrokerConfiguration {

  private static final String TEMPLATE =
      """
      <?xml version="1.0"?>
      <!-- Written at every start; changes here are lost. -->
      <hivemq>
        <listeners>
          %s
        </listeners>
        <mqtt>
          <queued-messages>
            <max-queue-size>%d</max-queue-size>
            <strategy>discard</strategy>
          </queued-messages>
          <session-expiry><max-interval>86400</max-interval></session-expiry>
          <packets><max-packet-size>%d</max-packet-size></packets>
          <receive-maximum><server-receive-maximum>1000</server-receive-maximum></receive-maximum>
        </mqtt>
        <restrictions>
          <max-connections>1000</max-connections>
          <max-client-id-length>256</max-client-id-length>
          <max-topic-length>1024</max-topic-length>
          <no-connect-idle-timeout>10000</no-connect-idle-timeout>
        </restrictions>
        <security>
          <allow-empty-client-id><enabled>false</enabled></allow-empty-client-id>
        </security>
        <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        <persistence><mode>file</mode></persistence>
      </hivemq>
      """;

  private static final String PLAIN =
      """
          <tcp-listener>
            <port>%d</port>
            <bind-address>%s</bind-address>
          </tcp-listener>
      """;

  private static final String SECURE =
      """
          <tls-tcp-listener>
            <port>%d</port>
            <bind-address>%s</bind-address>
            <tls>
              <keystore>
                <path>%s</path>
                <password>%s</password>
                <private-key-password>%s</private-key-password>
              </keystore>
              <client-authentication-mode>NONE</client-authentication-mode>
            </tls>
          </tls-tcp-listener>
      """;

  /** Without TLS. */
  static String plain(String address, int port) {
    return all(PLAIN.formatted(port, address));
  }

  /** With TLS. */
  static String secure(String address, int port, BrokerKeyStore keys) {
    String file = keys.file().toString().replace("&", "&amp;").replace("<", "&lt;");
    return all(SECURE.formatted(port, address, file, keys.password(), keys.password()));
  }

  private static String all(String listener) {
    return TEMPLATE.formatted(
        listener.strip(), MqttBroker.MAX_QUEUED_MESSAGES, MqttBroker.MAX_PACKET_BYTES);
  }

  private BrokerConfiguration() {}
}
