package io.linewright.standalone.tls;

import java.util.Optional;

/**
 * Where servers listen, and how clients get there.
 *
 * @param bind address to listen on
 * @param host name or address clients connect to
 * @param everywhere whether {@code bind} stands for all addresses of the machine
 * @param tls with which every port on it speaks TLS; empty only on a loopback address
 */
public record Listener(String bind, String host, boolean everywhere, Optional<TlsFiles> tls) {

  /** Without TLS, for a loopback address. */
  public static Listener plain(String address) {
    return new Listener(address, address, false, Optional.empty());
  }

  /** With TLS. */
  public static Listener secure(BindAddress bind, TlsFiles tls) {
    return new Listener(bind.text(), bind.host(), bind.everywhere(), Optional.of(tls));
  }

  /** Host and port for addresses. */
  public String at(int port) {
    return inAddress(host) + ":" + port;
  }

  /** Bind address and port for Kafka. */
  public String boundAt(int port) {
    return inAddress(bind) + ":" + port;
  }

  private static String inAddress(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
