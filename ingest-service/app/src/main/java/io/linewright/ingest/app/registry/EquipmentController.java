package io.linewright.ingest.app.registry;

import io.linewright.ingest.app.answer.Rfc3339;
import io.linewright.kit.problem.RefusedException;
import io.linewright.model.equipment.EquipmentPath;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Equipment", description = "The plant's hierarchy after ISA-95")
class EquipmentController {

  /**
   * A piece of equipment with its parts.
   *
   * @param level ISA-95 level in upper case
   * @param address path under which its values arrive
   */
  record EquipmentNode(
      UUID id,
      String path,
      String name,
      String level,
      String address,
      List<EquipmentNode> children) {}

  /** The answer. */
  record EquipmentTree(List<EquipmentNode> equipment) {}

  /** The places in order of time. */
  record PlaceList(List<Placement> places) {}

  private final PlaceStore store;

  EquipmentController(PlaceStore store) {
    this.store = store;
  }

  @GetMapping(path = "/api/v1/equipment", produces = "application/json")
  @Operation(
      operationId = "equipmentTree",
      summary = "Equipment as a tree, as it stands now or stood at an instant",
      description =
          "With ?equipment= only the subtree at that path; with ?at= as it was then; the first"
              + " word of equipment counts since ever.")
  EquipmentTree tree(
      @RequestParam(required = false) @Nullable String equipment,
      @RequestParam(required = false) @Nullable String at) {
    String below = equipment == null ? null : EquipmentPath.parse(equipment).toString();
    Map<String, EquipmentNode> byPath = new LinkedHashMap<>();
    List<EquipmentNode> roots = new ArrayList<>();
    for (Placement row : store.below(below, at == null ? null : instant("at", at))) {
      int slash = row.path().lastIndexOf('/');
      var node =
          new EquipmentNode(
              row.id(),
              row.path(),
              row.path().substring(slash + 1),
              EquipmentPath.parse(row.path()).level().name(),
              row.address(),
              new ArrayList<>());
      byPath.put(row.path(), node);
      EquipmentNode parent = slash < 0 ? null : byPath.get(row.path().substring(0, slash));
      (parent == null ? roots : parent.children()).add(node);
    }
    return new EquipmentTree(roots);
  }

  @GetMapping(path = "/api/v1/equipment/{id}/places", produces = "application/json")
  @Operation(
      operationId = "equipmentPlaces",
      summary = "Where a piece of equipment was and is",
      description =
          "In order of time. The first place counts since ever: values may be older than the first"
              + " word of the equipment.")
  PlaceList places(@PathVariable UUID id) {
    List<Placement> places = store.all(id);
    if (places.isEmpty()) {
      throw new RefusedException(HttpStatus.NOT_FOUND, "not-found", "There is no equipment " + id);
    }
    return new PlaceList(places);
  }

  private static Instant instant(String name, String text) {
    return Instant.EPOCH.plus(Rfc3339.parse(name, text), ChronoUnit.MICROS);
  }
}
