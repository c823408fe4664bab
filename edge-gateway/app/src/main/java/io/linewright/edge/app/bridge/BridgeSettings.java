package io.linewright.edge.app.bridge;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The bridge.
 *
 * @param hostId Sparkplug host id, one per bridge; also its name on the equipment tree
 * @param groups Sparkplug groups that this bridge carries; no other bridge may carry them. {@code
 *     *}: all there are, for a plant with one bridge
 * @param site {@code enterprise/site} under which the bridge's own counters appear; default: the
 *     first group of the form {@code enterprise:site}
 * @param mappingFile YAML file that maps ids of foreign nodes to equipment paths; default: none
 * @param reorderTime how long a missing message of a node is waited for
 * @param shortestCommit shortest time between two transactions
 * @param longestCommit longest time that a value waits for the end of its transaction
 * @param transactionBytes received bytes that end a transaction early
 * @param queueBytes most received bytes that wait; above it data messages are dropped, which own
 *     nodes send again and foreign nodes have recorded as lost
 * @param messageBytes longest data message; births may have 32 times as much
 * @param maxNodes most nodes; messages of further ones are dropped and counted
 */
@Validated
@ConfigurationProperties("linewright.bridge")
record BridgeSettings(
    @DefaultValue("linewright") @Pattern(regexp = "[A-Za-z0-9._-]{1,64}") String hostId,
    @NotEmpty List<@Pattern(regexp = "[^#+/]{1,256}") String> groups,
    @Nullable String site,
    @Nullable Path mappingFile,
    @DefaultValue("2s") Duration reorderTime,
    @DefaultValue("25ms") Duration shortestCommit,
    @DefaultValue("100ms") Duration longestCommit,
    @DefaultValue("2MB") DataSize transactionBytes,
    @DefaultValue("64MB") DataSize queueBytes,
    @DefaultValue("1MB") DataSize messageBytes,
    @DefaultValue("10000") int maxNodes) {

  BridgeSettings {
    groups = List.copyOf(groups);
  }
}
