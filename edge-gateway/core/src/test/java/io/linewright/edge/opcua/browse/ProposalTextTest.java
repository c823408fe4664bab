package io.linewright.edge.opcua.browse;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposalTextTest {

  private static final Proposal.Access ACCESS =
      new Proposal.Access(
          "opc.tcp://127.0.0.1:4840/x",
          "Basic256Sha256",
          "SignAndEncrypt",
          Optional.of("edge"),
          Optional.of("secret"),
          Optional.of("pki/trusted"));

  @Test
  void everyGuessSaysHowSureItIs() {
    String text = text("Oil temp", DataType.DOUBLE, "ns=2;s=x", "");
    assertThat(text)
        .contains("group: \"acme:graz\"")
        .contains(
            "security: {policy: Basic256Sha256, mode: SignAndEncrypt, username: \"edge\","
                + " password-file: \"secret\", trust-dir: \"pki/trusted\"}")
        .contains("path: acme/graz/a/l/m # Plant/M")
        .contains("unit: \"Cel\", range: [-20, 120.5], role: temperature}")
        .contains("# role guessed, confidence high (name and unit)");
  }

  @Test
  void doubtfulRoleIsOnlyMentioned() {
    assertThat(text("ErrorCode", DataType.INTEGER, "ns=2;s=x", ""))
        .doesNotContain("role: alarm")
        .contains("# role could be alarm, confidence low (name)");
  }

  /** A server must not be able to write lines of the gateway file. */
  @Test
  void namesCannotBreakOut() {
    String text =
        text("a\"b\\c", DataType.STRING, "ns=2;s=x\n- evil: true", "line one\nevil: true\u2028x");
    assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("evil"));
    assertThat(text).contains("name: \"a\\\"b\\\\c\"").contains("x\\u000A- evil");
  }

  private static String text(String name, DataType type, String node, String remark) {
    Optional<UcumUnit> unit =
        type == DataType.DOUBLE ? Optional.of(new UcumUnit("Cel")) : Optional.empty();
    Proposal.Variable tag =
        new Proposal.Variable(
            name,
            node,
            ValuePath.WHOLE,
            type,
            unit,
            Optional.of(new ValueRange(-20, 120.5)),
            RoleGuess.of(name, type, unit),
            remark);
    return ProposalText.of(
        new Proposal(
            ACCESS,
            List.of(
                new Proposal.Machine(
                    EquipmentPath.parse("acme/graz/a/l/m"), "Plant/M", List.of(tag))),
            List.of("remark")));
  }
}
