package io.linewright.ingest.app.stage;

import io.linewright.ingest.app.registry.Registry;
import io.linewright.ingest.app.telemetry.LastValue;
import io.linewright.ingest.app.telemetry.LastValueUpdate;
import io.linewright.ingest.app.telemetry.LastValues;
import io.linewright.ingest.stage.StageRow;
import io.linewright.ingest.stage.StageTrip;
import io.linewright.kit.observe.StageBooks;
import io.linewright.model.equipment.TagRole;
import io.linewright.model.sample.SampleValue.IntegerValue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Stages", description = "What came in, went on, was set aside")
class StageController {

  private final StageBooks books;
  private final Registry registry;
  private final LastValues lastValues;
  private final LastValueUpdate update;

  StageController(
      StageBooks books, Registry registry, LastValues lastValues, LastValueUpdate update) {
    this.books = books;
    this.registry = registry;
    this.lastValues = lastValues;
    this.update = update;
  }

  @GetMapping(path = "/api/v1/stages", produces = "application/json")
  @Operation(
      operationId = "stages",
      summary = "Books of all stages, in the order of a value's trip",
      description =
          "Gateways and bridges publish theirs as tags of role stage-counter every few seconds;"
              + " instance is then their equipment path. This service's own follow, exact to the"
              + " last commit; instance is the service's. A figure that a stage does not state, or"
              + " that is not known now, is null. counters holds what else a stage counts. Of this"
              + " service and of the bridge: in = out + setAside + duplicatesDropped.")
  List<StageRow> stages() {
    update.ensure();
    StageTrip trip = new StageTrip();
    registry.tags().stream()
        .filter(tag -> tag.role() == TagRole.STAGE_COUNTER)
        .forEach(tag -> trip.add(tag.path(), tag.name(), figure(lastValues.of(tag.id()))));
    return Stream.concat(trip.rows().stream(), books.read().stream().map(StageController::row))
        .toList();
  }

  private static @Nullable Long figure(@Nullable LastValue value) {
    return value != null && value.sample().value() instanceof IntegerValue(long figure)
        ? figure
        : null;
  }

  private static StageRow row(StageBooks.Line line) {
    return new StageRow(
        line.stage(),
        line.instance(),
        line.in(),
        line.out(),
        line.setAside(),
        line.duplicatesDropped(),
        Map.of());
  }
}
