package io.linewright.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.ingest.gateway.GatewayReport.Part;
import io.linewright.model.sample.SampleValue;
import org.junit.jupiter.api.Test;

class GatewayReportTest {

  private final GatewayReport report = new GatewayReport();

  @Test
  void figuresGoToTheirParts() {
    report.add("health/version", SampleValue.of("1.0"));
    report.add("online", SampleValue.of(true));
    report.add("log/backlog-records", SampleValue.of(3));
    report.add("connection/press/state", SampleValue.of("running"));
    report.add("device/body/line-1/press-01/state", SampleValue.of("silent"));
    report.add("device/body/line-1/press-01/bad-tags", SampleValue.of(4));
    report.add("device/body/line-1/press-02/state", SampleValue.of("running"));
    report.add("device/body/line-1/press-02/bad-tags", SampleValue.of(1));

    Part gateway = report.gateway();
    assertThat(gateway.text("health/version")).isEqualTo("1.0");
    assertThat(gateway.truth("online")).isTrue();
    assertThat(gateway.number("log/backlog-records")).isEqualTo(3);
    assertThat(report.connections()).extracting(Part::name).containsExactly("press");
    assertThat(report.devices())
        .extracting(Part::name)
        .containsExactly("body/line-1/press-01", "body/line-1/press-02");
    assertThat(report.devices().getFirst().text("state")).isEqualTo("silent");
    assertThat(report.badTags()).isEqualTo(5);
    assertThat(report.devicesIn("running"::equals)).isEqualTo(1);
  }

  @Test
  void whatIsNotKnownOrOfAnotherTypeIsNull() {
    report.add("health/cpu-percent", SampleValue.of(1.5));
    report.add("health/version", null);
    report.add("device/", SampleValue.of(1));
    report.add("device/x", SampleValue.of(1));

    Part gateway = report.gateway();
    assertThat(gateway.real("health/cpu-percent")).isEqualTo(1.5);
    assertThat(gateway.number("health/cpu-percent")).isNull();
    assertThat(gateway.text("health/version")).isNull();
    assertThat(gateway.truth("online")).isNull();
  }
}
