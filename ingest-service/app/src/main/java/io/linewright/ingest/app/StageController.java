package io.linewright.ingest.app;

import io.linewright.kit.observe.StageBooks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Stages", description = "What came in, went on, was set aside")
class StageController {

  private final StageBooks books;

  StageController(StageBooks books) {
    this.books = books;
  }

  @GetMapping(path = "/api/v1/stages", produces = "application/json")
  @Operation(
      operationId = "stages",
      summary = "Books of this service's stages since the first start",
      description = "in = out + setAside + duplicatesDropped, per stage and instance.")
  List<StageBooks.Line> stages() {
    return books.read();
  }
}
