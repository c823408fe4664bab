package io.linewright.ingest.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeakerTest {

  @Test
  void theSourceTellsWhoSpeaks() {
    assertThat(Speaker.of("/ingest/command-results")).contains(Speaker.PLATFORM);
    assertThat(Speaker.of("/bridge/acme:graz/gw-1")).contains(Speaker.BRIDGE);
    assertThat(Speaker.of("/edge/acme/graz/gw-1")).contains(Speaker.GATEWAY);
    assertThat(Speaker.of("/edges")).isEmpty();
    assertThat(Speaker.of("")).isEmpty();
  }
}
