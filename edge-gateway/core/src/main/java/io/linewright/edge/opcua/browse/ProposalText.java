package io.linewright.edge.opcua.browse;

import io.linewright.edge.opcua.browse.Proposal.Access;
import io.linewright.edge.opcua.browse.Proposal.Machine;
import io.linewright.edge.opcua.browse.Proposal.Variable;
import io.linewright.model.unit.UcumUnit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a proposal as a gateway file, version 1 (docs/edge-gateway.md), with remarks. */
public final class ProposalText {

  /** The file's text. */
  public static String of(Proposal proposal) {
    StringBuilder out = new StringBuilder(4096);
    out.append(
        "# Proposal, written by 'linewright edge browse'. Check before use: names and place of\n");
    out.append(
        "# the machines, roles (\"guessed\" says how sure each is), and what may be left out.\n");
    proposal.remarks().forEach(remark -> out.append("# ").append(oneLine(remark)).append('\n'));
    List<String> site =
        proposal.machines().isEmpty()
            ? List.of("enterprise", "site")
            : proposal.machines().getFirst().path().segments().subList(0, 2);
    out.append("version: 1\n");
    out.append("gateway: {group: ").append(quoted(String.join(":", site)));
    out.append(", node: gw-1}\n");
    connection(out, proposal.connection());
    out.append("devices:\n");
    proposal.machines().forEach(machine -> machine(out, machine));
    return out.toString();
  }

  private static void connection(StringBuilder out, Access access) {
    List<String> security = new ArrayList<>();
    security.add("policy: " + access.policy());
    security.add("mode: " + access.mode());
    access.username().ifPresent(user -> security.add("username: " + quoted(user)));
    access.passwordFile().ifPresent(file -> security.add("password-file: " + quoted(file)));
    access.trustDir().ifPresent(dir -> security.add("trust-dir: " + quoted(dir)));
    out.append("connections:\n");
    out.append("  - id: server\n    driver: opcua\n");
    out.append("    endpoint: ").append(quoted(access.endpoint())).append('\n');
    out.append("    security: {").append(String.join(", ", security)).append("}\n");
    out.append("    publishing-interval: 250ms\n");
  }

  private static void machine(StringBuilder out, Machine machine) {
    out.append("  - path: ").append(machine.path()).append(" # ");
    out.append(oneLine(machine.source())).append('\n');
    out.append("    connection: server\n    tags:\n");
    machine.tags().forEach(tag -> variable(out, tag));
  }

  private static void variable(StringBuilder out, Variable tag) {
    out.append("      - {name: ").append(quoted(tag.name()));
    out.append(", node: ").append(quoted(tag.node()));
    if (!tag.part().whole()) {
      out.append(", part: ").append(quoted(tag.part().toString()));
    }
    out.append(", type: ").append(tag.type());
    tag.unit()
        .filter(unit -> !unit.equals(UcumUnit.ONE))
        .ifPresent(unit -> out.append(", unit: ").append(quoted(unit.code())));
    tag.range()
        .ifPresent(
            range ->
                out.append(", range: [%s, %s]".formatted(plain(range.low()), plain(range.high()))));
    tag.role()
        .filter(RoleGuess::proposed)
        .ifPresent(guess -> out.append(", role: ").append(guess.role()));
    out.append('}');
    List<String> remarks = new ArrayList<>();
    tag.role().ifPresent(guess -> remarks.add(guessed(guess)));
    if (!tag.remark().isEmpty()) {
      remarks.add(tag.remark());
    }
    if (!remarks.isEmpty()) {
      out.append(" # ").append(oneLine(String.join("; ", remarks)));
    }
    out.append('\n');
  }

  private static String guessed(RoleGuess guess) {
    String confidence = guess.confidence().name().toLowerCase(Locale.ROOT);
    return guess.proposed()
        ? "role guessed, confidence %s (%s)".formatted(confidence, guess.reason())
        : "role could be %s, confidence %s (%s)"
            .formatted(guess.role(), confidence, guess.reason());
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** A comment ends with its line, whatever a server calls its nodes. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029\\uFEFF]", " ");
  }

  /** A double-quoted scalar (YAML 1.2, clause 7.3.1). */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F && c <= 0x9F || c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
        out.append("\\u%04X".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private ProposalText() {}
}
