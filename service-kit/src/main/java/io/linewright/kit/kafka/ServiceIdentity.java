package io.linewright.kit.kafka;

/**
 * Who this process is among the services.
 *
 * @param service name of the service, {@code ingest-service}; prefix of its consumer groups,
 *     transactional ids and client ids
 * @param instance name of this process among several of the service, {@code 1} by default; two
 *     processes with the same name fence each other off
 */
public record ServiceIdentity(String service, String instance) {

  /** Client id for a part of the service, distinct in one JVM: {@code ingest-service-1-outbox}. */
  public String clientId(String part) {
    return service + "-" + instance + "-" + part;
  }

  /** Name of a part of the service in the books of the stages: {@code ingest.telemetry}. */
  public String stage(String part) {
    int suffix = service.lastIndexOf("-service");
    return (suffix < 0 ? service : service.substring(0, suffix)) + "." + part;
  }
}
