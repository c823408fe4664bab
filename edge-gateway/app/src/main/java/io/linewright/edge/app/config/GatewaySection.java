package io.linewright.edge.app.config;

import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.GatewayIdentity;
import io.linewright.edge.config.GatewayIdentity.Confirm;
import io.linewright.edge.config.LogSettings;
import io.linewright.edge.config.Publication;
import io.linewright.model.equipment.DataClass;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Sections {@code gateway}, {@code log} and {@code publication}. */
final class GatewaySection {

  private static final Pattern GROUP = Pattern.compile("[a-z0-9-]{1,64}:[a-z0-9-]{1,64}");
  private static final Pattern NODE = Pattern.compile("[a-z0-9-]{1,64}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  static Optional<GatewayIdentity> identity(YamlMap root, Optional<YamlMap> section) {
    if (section.isEmpty()) {
      root.problem("gateway", "is missing", "write gateway: {group: \"acme:graz\", node: gw-1}");
      return Optional.empty();
    }
    YamlMap map = section.get();
    Optional<String> group =
        map.requiredParsed(
            "group", matching(GROUP), "write enterprise:site of a-z, 0-9 and -, as \"acme:graz\"");
    Optional<String> node =
        map.requiredParsed("node", matching(NODE), "write 1 to 64 characters of a-z, 0-9 and -");
    Optional<String> host =
        map.parsed("host", matching(HOST), "write the id of the host application, as linewright");
    Optional<Confirm> confirm =
        map.parsed(
            "confirm",
            Scalars.oneOf(Confirm.values(), Scalars::lower),
            Scalars.names(Confirm.values(), Scalars::lower));
    map.noOtherKeys();
    if (group.isEmpty() || node.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new GatewayIdentity(
            group.get(), node.get(), host.orElse("linewright"), confirm.orElse(Confirm.BRIDGE)));
  }

  static LogSettings log(Optional<YamlMap> section) {
    LogSettings standard = LogSettings.DEFAULT;
    if (section.isEmpty()) {
      return standard;
    }
    YamlMap map = section.get();
    LogSettings log =
        new LogSettings(
            map.parsed("max-bytes", Scalars.size(1L << 20, 1L << 50), "write 1MiB or more, as 2GiB")
                .orElse(standard.maxBytes()),
            map.parsed(
                    "max-age",
                    Scalars.duration(Duration.ofMinutes(1), Duration.ofDays(3650)),
                    "write 1min to 3650d, as 14d")
                .orElse(standard.maxAge()),
            map.parsed(
                    "group-interval",
                    Scalars.duration(Duration.ofMillis(1), Duration.ofSeconds(1)),
                    "write 1ms to 1s, as 50ms")
                .orElse(standard.groupInterval()),
            map.parsed("group-samples", Scalars.integer(1, 50_000), "write 1 to 50000")
                .orElse(standard.groupSamples()),
            map.parsed("window-batches", Scalars.integer(1, 100_000), "write 1 to 100000")
                .orElse(standard.windowRecords()),
            map.parsed("live-ratio", Scalars.integer(1, 1000), "write 1 to 1000")
                .orElse(standard.liveRatio()));
    map.noOtherKeys();
    return log;
  }

  /** A key with what it says. */
  private record Fixed<T>(String key, Function<T, Object> value) {}

  private static final List<Fixed<GatewayIdentity>> FIXED_IDENTITY =
      List.of(
          new Fixed<>("group", GatewayIdentity::group),
          new Fixed<>("node", GatewayIdentity::node),
          new Fixed<>("host", GatewayIdentity::host),
          new Fixed<>("confirm", GatewayIdentity::confirm));

  private static final List<Fixed<LogSettings>> FIXED_LOG =
      List.of(
          new Fixed<>("max-bytes", LogSettings::maxBytes),
          new Fixed<>("max-age", LogSettings::maxAge),
          new Fixed<>("group-interval", LogSettings::groupInterval),
          new Fixed<>("group-samples", LogSettings::groupSamples),
          new Fixed<>("window-batches", LogSettings::windowRecords),
          new Fixed<>("live-ratio", LogSettings::liveRatio));

  /** Notes what only a restart can change. */
  static void requireSame(YamlMap root, EdgeFile inForce, EdgeFile next) {
    same(root, "gateway", FIXED_IDENTITY, inForce.gateway(), next.gateway());
    same(root, "log", FIXED_LOG, inForce.log(), next.log());
  }

  private static <T> void same(
      YamlMap root, String section, List<Fixed<T>> keys, T inForce, T next) {
    Optional<YamlMap> map = root.map(section);
    for (Fixed<T> key : keys) {
      if (!key.value().apply(inForce).equals(key.value().apply(next))) {
        String reason = "cannot change while the gateway runs";
        String advice = "restart the gateway, or take the change back";
        map.ifPresentOrElse(
            there -> there.problem(key.key(), reason, advice),
            () -> root.problem(section, key.key() + " " + reason, advice));
      }
    }
  }

  static Publication publication(Optional<YamlMap> section) {
    Publication standard = Publication.DEFAULT;
    if (section.isEmpty()) {
      return standard;
    }
    YamlMap map = section.get();
    DataClass[] choices = {DataClass.SITE, DataClass.ENTERPRISE, DataClass.PARTNER};
    Publication publication =
        new Publication(
            map.parsed(
                    "up-to",
                    Scalars.oneOf(choices, DataClass::toString),
                    Scalars.names(choices, DataClass::toString))
                .orElse(standard.upTo()),
            map.parsed("keep-local", Scalars::truth, "write true or false")
                .orElse(standard.keepLocal()));
    map.noOtherKeys();
    return publication;
  }

  private static Function<String, String> matching(Pattern pattern) {
    return text -> {
      if (!pattern.matcher(text).matches()) {
        throw new IllegalArgumentException("'" + Scalars.shortened(text) + "' is not allowed");
      }
      return text;
    };
  }

  private GatewaySection() {}
}
