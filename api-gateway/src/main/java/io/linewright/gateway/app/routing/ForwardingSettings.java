package io.linewright.gateway.app.routing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of forwarding.
 *
 * @param connectTimeout longest wait for a connection to a service
 * @param readTimeout longest wait for a service's whole answer; live streams and imports are exempt
 * @param maxRequestSize largest body that is accepted, but for documents and imports
 * @param maxDocumentSize largest body of a document: master data, a schedule of a planning system
 * @param maxImportSize largest body of an import, as it is sent
 * @param maxStreams most live streams at a time
 * @param maxStreamAge a live stream is ended after this time, so that the rights of its reader are
 *     checked anew when it reconnects
 */
@ConfigurationProperties("linewright.gateway.forwarding")
record ForwardingSettings(
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("30s") Duration readTimeout,
    @DefaultValue("1MB") DataSize maxRequestSize,
    @DefaultValue("16MB") DataSize maxDocumentSize,
    @DefaultValue("4GB") DataSize maxImportSize,
    @DefaultValue("1000") int maxStreams,
    @DefaultValue("15m") Duration maxStreamAge) {

  ForwardingSettings {
    if (!connectTimeout.isPositive() || !readTimeout.isPositive() || !maxStreamAge.isPositive()) {
      throw new IllegalArgumentException(
          "linewright.gateway.forwarding: time-outs and max-stream-age must be positive");
    }
    if (maxRequestSize.toBytes() < 1
        || maxDocumentSize.toBytes() < 1
        || maxImportSize.toBytes() < 1
        || maxStreams < 1) {
      throw new IllegalArgumentException(
          "linewright.gateway.forwarding: max-request-size, max-document-size, max-import-size and"
              + " max-streams must be positive");
    }
  }
}
