package io.linewright.ingest.app.gateway;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What REST says of gateways; what is not known is null. */
final class GatewayViews {

  private GatewayViews() {}

  /** All gateways. */
  record GatewayList(List<GatewayView> gateways) {}

  /**
   * A gateway. What it says of itself is its last word, {@code lastSeenAgeSeconds} old.
   *
   * @param id of the gateway as equipment
   * @param online whether the bridge sees it connected to the broker
   * @param lastSeen when the last thing that it said was stored
   * @param configError what is wrong with its file that was refused; empty if its file is in force
   * @param worstState of its connections and devices
   * @param devicesRunning devices in state {@code running}
   */
  record GatewayView(
      @Nullable UUID id,
      String path,
      @Nullable Boolean online,
      @Nullable Instant lastSeen,
      @Nullable Double lastSeenAgeSeconds,
      @Nullable String version,
      @Nullable String configHash,
      @Nullable String configError,
      @Nullable String worstState,
      Backlog backlog,
      int connections,
      @Nullable Long devices,
      long devicesRunning,
      long badTags,
      @Nullable CanaryView canary) {}

  /**
   * What waits in the gateway's log.
   *
   * @param records that came too late for the live lane
   * @param ageSeconds of the oldest
   * @param logBytes used by all that is not confirmed
   */
  record Backlog(@Nullable Long records, @Nullable Double ageSeconds, @Nullable Long logBytes) {}

  /**
   * The last canary that came by the live way.
   *
   * @param tripSeconds from the gateway's clock to storage
   * @param stalled whether none has come for too long
   * @param stage where the trip stopped, while it is stalled: {@code ingest}, {@code kafka}, {@code
   *     bridge}, {@code gateway-offline}, {@code gateway-silent}, {@code unknown}
   */
  record CanaryView(
      long number,
      Instant sentAt,
      Instant arrivedAt,
      double ageSeconds,
      double tripSeconds,
      boolean stalled,
      @Nullable String stage) {}

  /** A gateway with its parts. */
  record GatewayDetail(
      GatewayView gateway,
      ProcessView process,
      List<ConnectionView> connections,
      List<DeviceView> devices) {}

  /**
   * The gateway's process.
   *
   * @param cpuPercent of one core
   * @param heapBytes in use
   */
  record ProcessView(
      @Nullable Long uptimeSeconds,
      @Nullable Double cpuPercent,
      @Nullable Long heapBytes,
      @Nullable Long rssBytes,
      @Nullable Long diskFreeBytes) {}

  /** A connection to machines. */
  record ConnectionView(
      String id,
      @Nullable String state,
      @Nullable Long dataAgeSeconds,
      @Nullable Long valuesIn,
      @Nullable Long valuesOut,
      @Nullable Long setAside,
      @Nullable Long reconnects,
      @Nullable String lastError) {}

  /**
   * A device.
   *
   * @param firstBadTags bad tags that are named; there may be more of them
   * @param clockOffsetMillis the device's clock less the gateway's
   */
  record DeviceView(
      String path,
      @Nullable String connection,
      @Nullable String state,
      @Nullable Long dataAgeSeconds,
      @Nullable Long valuesIn,
      @Nullable Long valuesOut,
      @Nullable Long setAside,
      @Nullable Long tags,
      @Nullable Long badTags,
      List<BadTagView> firstBadTags,
      @Nullable Double clockOffsetMillis) {}

  /** A tag that is Bad, and its status. */
  record BadTagView(String tag, String reason) {}
}
