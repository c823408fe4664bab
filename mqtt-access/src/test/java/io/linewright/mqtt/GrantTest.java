package io.linewright.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

  @Test
  void nodePublishesOnlyBelowItsOwnNodeIdAndNeverRetained() {
    Grant grant = Grant.parse("node=acme:graz/gw-1");

    assertThat(grant.rules())
        .filteredOn(rule -> rule.activity() == TopicRule.Activity.PUBLISH)
        .hasSize(6)
        .allSatisfy(
            rule -> {
              assertThat(rule.filter())
                  .matches("spBv1\\.0/acme:graz/[ND](BIRTH|DEATH|DATA)/gw-1(/\\+)?");
              assertThat(rule.retained()).isFalse();
            });
  }

  @Test
  void nodeHearsItsCommandsTheHostsAndItsConfirmationsOnly() {
    assertThat(Grant.parse("node=acme:graz/gw-1").rules())
        .filteredOn(rule -> rule.activity() == TopicRule.Activity.SUBSCRIBE)
        .extracting(TopicRule::filter)
        .containsExactlyInAnyOrder(
            "spBv1.0/acme:graz/NCMD/gw-1",
            "spBv1.0/acme:graz/NCMD/gw-1/#",
            "spBv1.0/acme:graz/DCMD/gw-1/#",
            "spBv1.0/STATE/+",
            "linewright/v1/confirmed/acme:graz/gw-1");
  }

  @Test
  void bridgePublishesStateOfItsOwnHostOnly() {
    assertThat(Grant.parse("bridge=linewright").rules())
        .contains(TopicRule.publishRetained("spBv1.0/STATE/linewright"))
        .noneMatch(
            rule ->
                rule.activity() == TopicRule.Activity.PUBLISH && rule.filter().contains("DATA"));
  }

  @Test
  void commandsComeFromTheBridgeOnly() {
    assertThat(Grant.parse("bridge=linewright").rules())
        .contains(TopicRule.publish("spBv1.0/+/NCMD/+"), TopicRule.publish("spBv1.0/+/DCMD/+/+"));
    for (String other : List.of("node=acme:graz/gw-1", "reader")) {
      assertThat(Grant.parse(other).rules())
          .noneMatch(
              rule ->
                  rule.activity() == TopicRule.Activity.PUBLISH && rule.filter().contains("CMD"));
    }
  }

  @Test
  void readerNeverPublishes() {
    assertThat(Grant.parse("reader").rules())
        .isNotEmpty()
        .allMatch(rule -> rule.activity() == TopicRule.Activity.SUBSCRIBE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node=acme:graz/gw-1", "bridge=linewright", "reader"})
  void textFormIsReadBack(String text) {
    assertThat(Grant.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "admin",
        "node=",
        "node=a",
        "node=a/b/c",
        "node=+/gw-1",
        "node=a/#",
        "bridge="
      })
  void wildcardsAndMissingPartsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Grant.parse(text));
  }
}
