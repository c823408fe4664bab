package io.linewright.ingest.app.registry;

import io.linewright.model.equipment.EquipmentPath;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Equipment", description = "The plant's hierarchy after ISA-95")
class EquipmentController {

  /**
   * A piece of equipment with its parts.
   *
   * @param level ISA-95 level in upper case
   */
  record EquipmentNode(
      UUID id, String path, String name, String level, List<EquipmentNode> children) {}

  /** The answer. */
  record EquipmentTree(List<EquipmentNode> equipment) {}

  private final RegistryStore store;

  EquipmentController(RegistryStore store) {
    this.store = store;
  }

  @GetMapping(path = "/api/v1/equipment", produces = "application/json")
  @Operation(
      operationId = "equipmentTree",
      summary = "Equipment as a tree, as it stands now",
      description = "With ?equipment= only the subtree at that path.")
  EquipmentTree tree(@RequestParam(required = false) @Nullable String equipment) {
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    Map<String, EquipmentNode> byPath = new LinkedHashMap<>();
    List<EquipmentNode> roots = new ArrayList<>();
    for (var row : store.equipmentBelow(below)) {
      int slash = row.path().lastIndexOf('/');
      var node =
          new EquipmentNode(
              row.id(),
              row.path(),
              row.path().substring(slash + 1),
              row.level(),
              new ArrayList<>());
      byPath.put(row.path(), node);
      EquipmentNode parent = slash < 0 ? null : byPath.get(row.path().substring(0, slash));
      (parent == null ? roots : parent.children()).add(node);
    }
    return new EquipmentTree(roots);
  }
}
