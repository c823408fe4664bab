package io.linewright.ingest.app;

import io.linewright.model.topic.Topic;
import io.linewright.testkit.contract.ServiceContractTest;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.simple.JdbcClient;

class IngestContractTest extends ServiceContractTest {

  @Override
  protected SpringApplicationBuilder application() {
    return IngestServiceApplication.builder();
  }

  @Override
  protected String rootPackage() {
    return "io.linewright.ingest";
  }

  @Override
  protected String readablePath() {
    return "/api/v1/equipment";
  }

  @Override
  protected String adminOnly() {
    return "DELETE /api/v1/quarantine/0";
  }

  @Override
  protected List<Topic> topicsRead() {
    return List.of(
            Topic.TELEMETRY,
            Topic.TELEMETRY_BACKFILL,
            Topic.EQUIPMENT,
            Topic.MACHINE_EVENTS,
            Topic.QUARANTINE);
  }

  @Override
  protected String openApiSnapshot() {
    return "docs/openapi/ingest-service.json";
  }

  @Override
  protected long setAside(JdbcClient jdbc) {
    return jdbc.sql("SELECT count(*) FROM quarantine").query((row, n) -> row.getLong(1)).single();
  }
}
