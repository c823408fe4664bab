package io.linewright.edge.app.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.linewright.edge.app.driver.LinkException;
import io.linewright.edge.app.opcua.session.Deadlines;
import java.time.Duration;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every publishing interval bring a sign of life, also when no tag changes: the server's
 * clock (ServerStatus.CurrentTime, which every server has) is monitored in the same subscription.
 * Keep-alives alone do not do: Milo's server, and those made of it, send none at all at a
 * keep-alive count of 1 once values have stopped, and at 2 only every second interval.
 */
final class Heartbeat {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  /**
   * Monitors the server's clock.
   *
   * @param handle client handle that no tag has
   * @return longest time between two signs of life of a healthy server
   */
  static Duration create(OpcUaClient client, CreateSubscriptionResponse subscription, int handle)
      throws LinkException, InterruptedException {
    double publishing = subscription.getRevisedPublishingInterval();
    try {
      CreateMonitoredItemsResponse response =
          Deadlines.await(
              "monitoring the server's clock",
              client.createMonitoredItemsAsync(
                  subscription.getSubscriptionId(),
                  TimestampsToReturn.Neither,
                  List.of(request(handle, publishing / 2))));
      MonitoredItemCreateResult[] results = response.getResults();
      if (results != null && results.length == 1 && results[0].getStatusCode().isGood()) {
        return millis(Math.max(publishing, results[0].getRevisedSamplingInterval()));
      }
    } catch (UaException refused) {
      LOG.debug("the server's clock cannot be monitored", refused);
    }
    Duration keepAlive =
        millis(publishing * subscription.getRevisedMaxKeepAliveCount().longValue());
    LOG.warn(
        "the server's clock cannot be monitored; silence is judged by keep-alives each {}",
        keepAlive);
    return keepAlive;
  }

  private static MonitoredItemCreateRequest request(int handle, double samplingMillis) {
    return new MonitoredItemCreateRequest(
        new ReadValueId(
            NodeIds.Server_ServerStatus_CurrentTime,
            AttributeId.Value.uid(),
            null,
            QualifiedName.NULL_VALUE),
        MonitoringMode.Reporting,
        new MonitoringParameters(uint(handle), samplingMillis, null, uint(1), true));
  }

  private static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  private Heartbeat() {}
}
