package io.linewright.edge.opcua.browse;

import io.linewright.edge.opcua.ValuePath;
import io.linewright.model.equipment.EquipmentPath;
import io.linewright.model.equipment.ValueRange;
import io.linewright.model.sample.DataType;
import io.linewright.model.unit.UcumUnit;
import java.util.List;
import java.util.Optional;

/**
 * A gateway file to be checked by people.
 *
 * @param connection how the server was reached
 * @param machines objects of the server with the variables below them
 * @param remarks what was left out, and why
 */
public record Proposal(Access connection, List<Machine> machines, List<String> remarks) {

  public Proposal {
    machines = List.copyOf(machines);
    remarks = List.copyOf(remarks);
  }

  /**
   * How the server was reached.
   *
   * @param endpoint {@code opc.tcp://…}
   * @param policy security policy
   * @param mode security mode
   * @param username user name; empty: anonymous
   * @param passwordFile as the file shall name it
   * @param trustDir as the file shall name it
   */
  public record Access(
      String endpoint,
      String policy,
      String mode,
      Optional<String> username,
      Optional<String> passwordFile,
      Optional<String> trustDir) {}

  /**
   * One machine.
   *
   * @param path where it stands; below the site only a placeholder
   * @param source what the server calls it
   * @param tags its variables, names unique
   */
  public record Machine(EquipmentPath path, String source, List<Variable> tags) {

    public Machine {
      tags = List.copyOf(tags);
    }
  }

  /**
   * One tag.
   *
   * @param name name on the machine
   * @param node node id, by namespace URI if it has one
   * @param part which part of the value
   * @param type type that holds the value
   * @param unit its unit; empty: none, or not known
   * @param range its EURange
   * @param role what it probably means
   * @param remark what people should look at; empty: nothing
   */
  public record Variable(
      String name,
      String node,
      ValuePath part,
      DataType type,
      Optional<UcumUnit> unit,
      Optional<ValueRange> range,
      Optional<RoleGuess> role,
      String remark) {}
}
