package io.linewright.standalone.tls;

import io.linewright.standalone.StartFailure;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What this machine is called.
 *
 * @param addresses addresses of its interfaces that are up, in the order of the interfaces; without
 *     IPv6's link-local ones, which mean nothing without an interface
 * @param hostName its own name; empty if it has none that can stand in a certificate
 */
public record LocalAddresses(List<InetAddress> addresses, Optional<String> hostName) {

  private static final String NAME_IN_CERTIFICATE = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";

  public LocalAddresses {
    addresses = List.copyOf(addresses);
  }

  /** Asks the operating system. */
  public static LocalAddresses ofThisMachine() throws StartFailure {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface card :
          NetworkInterface.networkInterfaces()
              .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
              .toList()) {
        if (card.isUp()) {
          for (InetAddress address : card.inetAddresses().toList()) {
            if (!needsZone(address)) {
              // Without the interface that Java keeps in IPv6 addresses.
              found.add(InetAddress.getByAddress(address.getAddress()));
            }
          }
        }
      }
    } catch (SocketException | UnknownHostException cannotAsk) {
      throw new StartFailure(
          "The addresses of this machine cannot be found out: " + cannotAsk.getMessage(),
          cannotAsk);
    }
    return new LocalAddresses(found, ownName());
  }

  static boolean needsZone(InetAddress address) {
    return address.getAddress().length > 4 && address.isLinkLocalAddress();
  }

  private static Optional<String> ownName() {
    try {
      return Optional.of(InetAddress.getLocalHost().getHostName())
          .filter(name -> name.matches(NAME_IN_CERTIFICATE));
    } catch (UnknownHostException namedButNotResolved) {
      // Nobody else would resolve it either.
      return Optional.empty();
    }
  }

  /**
   * The address that others probably reach this machine by: the first beyond loopback, IPv4 before
   * IPv6; the loopback address if there is no other.
   */
  InetAddress foremost() {
    return addresses.stream()
        .filter(address -> !address.isLoopbackAddress())
        .min(Comparator.comparingInt(address -> address.getAddress().length))
        .orElse(InetAddress.getLoopbackAddress());
  }
}
