package io.linewright.standalone.tls;

import io.linewright.standalone.StartFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The address the platform listens on.
 *
 * @param text as the user wrote it, a name or an address
 * @param address what it stands for
 * @param machine the machine it belongs to
 */
public record BindAddress(String text, InetAddress address, LocalAddresses machine) {

  /**
   * Looks the address up.
   *
   * @throws StartFailure if it is no address of this machine
   */
  public static BindAddress of(String text, LocalAddresses machine) throws StartFailure {
    InetAddress address;
    try {
      address = InetAddress.getByName(text);
    } catch (UnknownHostException unknown) {
      throw notOurs(text, unknown);
    }
    BindAddress bind = new BindAddress(text, address, machine);
    if (LocalAddresses.needsZone(address)) {
      throw new StartFailure(
          "--bind "
              + text
              + ": a link-local address has a meaning on one interface only; give another address"
              + " of this machine.");
    }
    if (bind.beyondLoopback() && bind.host().contains(":")) {
      // The MQTT client puts the host into SNI, which takes no such address.
      throw new StartFailure(
          "--bind "
              + text
              + ": clients would have to connect to the IPv6 address "
              + bind.host()
              + ", which MQTT over TLS cannot do; give a name that stands for it.");
    }
    if (bind.beyondLoopback() && !bind.everywhere() && !machine.addresses().contains(address)) {
      throw notOurs(text, null);
    }
    return bind;
  }

  private static StartFailure notOurs(String text, @Nullable Exception cause) {
    String message =
        "--bind " + text + ": '" + text + "' is no address of this machine; give another, or none.";
    return cause == null ? new StartFailure(message) : new StartFailure(message, cause);
  }

  /** Whether other machines may reach it, so that everything on it needs TLS. */
  public boolean beyondLoopback() {
    return !address.isLoopbackAddress();
  }

  /** Whether it stands for all addresses of the machine. */
  public boolean everywhere() {
    return address.isAnyLocalAddress();
  }

  /** Name or address by which clients connect; also what Kafka tells them to connect to. */
  public String host() {
    return everywhere() ? machine.foremost().getHostAddress() : text;
  }

  /** All names and addresses that the certificate must hold; addresses in Java's notation. */
  public SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    names.add(isLiteral(text) ? address.getHostAddress() : text);
    if (everywhere()) {
      names.clear();
      machine.addresses().forEach(own -> names.add(own.getHostAddress()));
    }
    names.add("localhost");
    names.add("127.0.0.1");
    machine.hostName().ifPresent(names::add);
    return names;
  }

  /** Whether the text is an address and no name. */
  static boolean isLiteral(String text) {
    try {
      return InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException name) {
      return false;
    }
  }
}
