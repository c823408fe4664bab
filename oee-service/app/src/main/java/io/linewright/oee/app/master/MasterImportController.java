package io.linewright.oee.app.master;

import io.linewright.kit.problem.Problems;
import io.linewright.kit.problem.RefusedException;
import io.linewright.oee.app.IdempotencyKey;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.document.SentDocument;
import io.linewright.oee.app.document.WrongDocumentException;
import io.linewright.oee.app.document.YamlNodes;
import io.linewright.oee.app.master.MasterDesk.Taken;
import io.linewright.oee.app.master.MasterViews.FaultView;
import io.linewright.oee.app.master.MasterViews.ImportView;
import io.linewright.oee.masterdata.MasterExport;
import io.linewright.oee.masterdata.form.MasterKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@Tag(name = "Master data", description = "What people say of the plant")
class MasterImportController {

  private static final int MAX_NAME = 200;

  private final MasterDesk desk;
  private final MasterStore store;
  private final MasterBooks books;
  private final JsonMapper json;

  MasterImportController(MasterDesk desk, MasterStore store, MasterBooks books, JsonMapper json) {
    this.desk = desk;
    this.store = store;
    this.books = books;
    this.json = json;
  }

  @PostMapping(
      path = "/api/v1/master-data",
      consumes = {"application/yaml", "text/csv"},
      produces = "application/json")
  @Operation(
      operationId = "importMasterData",
      summary = "Bring a document of master data",
      description =
          "Needs the role admin. YAML of all kinds, or text/csv of one kind. Each item is judged by"
              + " itself: those that are right are taken, those that say what holds already change"
              + " nothing, those that are wrong are refused with line, field, what is wrong and what"
              + " would be right. What is not in the document stays as it is. dryRun=true only says"
              + " what would become of it. The format is in docs/master-data.md.",
      requestBody =
          @RequestBody(
              required = true,
              content = {
                @Content(mediaType = "application/yaml", schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
              }),
      responses = {
        @ApiResponse(responseCode = "201", description = "Taken", useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "200",
            description = "A dry run, or taken before with the same Idempotency-Key",
            useReturnTypeSchema = true),
        @ApiResponse(
            responseCode = "422",
            description = "invalid-master-data: the frame of the document is wrong, see faults")
      })
  ResponseEntity<ImportView> send(
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
      @RequestParam(defaultValue = "document") String name,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(defaultValue = "false") boolean dryRun,
      Authentication who,
      HttpServletRequest request)
      throws IOException {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new IllegalArgumentException("name must be 1 to " + MAX_NAME + " characters");
    }
    SentDocument sent = SentDocument.read(name, csvOf(kind, request), request.getInputStream());
    Requester requester = Requester.of(who);
    if (dryRun) {
      return ResponseEntity.ok(desk.judge(sent, requester));
    }
    if (idempotencyKey == null) {
      throw new IllegalArgumentException(
          "the header Idempotency-Key is missing; send a new UUID with each document, or dryRun=true");
    }
    Taken taken = desk.take(sent, requester, IdempotencyKey.of(idempotencyKey));
    return ResponseEntity.status(taken.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
        .location(URI.create("/api/v1/master-data/imports/" + taken.id()))
        .body(json.readValue(taken.result(), ImportView.class));
  }

  @GetMapping(path = "/api/v1/master-data/imports/{id}", produces = "application/json")
  @Operation(operationId = "masterDataImport", summary = "What became of a document")
  ImportView imported(@PathVariable UUID id) {
    return store
        .imported(id)
        .map(taken -> json.readValue(taken.result(), ImportView.class))
        .orElseThrow(
            () ->
                new RefusedException(
                    HttpStatus.NOT_FOUND, "not-found", "There is no import " + id));
  }

  @GetMapping(path = "/api/v1/master-data", produces = "application/yaml")
  @Operation(
      operationId = "masterData",
      summary = "All that holds, as a document that says the same when it is brought back",
      description = "With kind only items of that kind; it may be given several times.")
  String export(@RequestParam(required = false) @Nullable List<String> kind) {
    Set<MasterKind> kinds = EnumSet.noneOf(MasterKind.class);
    if (kind == null) {
      kinds.addAll(EnumSet.allOf(MasterKind.class));
    } else {
      kind.forEach(section -> kinds.add(kind(section)));
    }
    return YamlNodes.write(MasterExport.document(books.held().entries(), kinds));
  }

  @ExceptionHandler(WrongDocumentException.class)
  ProblemDetail wrong(WrongDocumentException wrong) {
    return problem(wrong);
  }

  static ProblemDetail problem(WrongDocumentException wrong) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.UNPROCESSABLE_CONTENT, "Nothing was taken. " + wrong.getMessage());
    problem.setType(URI.create(Problems.TYPE_PREFIX + "invalid-master-data"));
    problem.setProperty(
        "faults",
        wrong.faults().stream()
            .map(f -> new FaultView(f.line(), f.field(), f.wrong(), f.right()))
            .toList());
    return problem;
  }

  /**
   * @throws IllegalArgumentException if there is no such kind
   */
  static MasterKind kind(String section) {
    return MasterKind.of(section)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind must be one of %s, not '%s'"
                        .formatted(String.join(", ", MasterKind.sections()), section)));
  }

  private static @Nullable MasterKind csvOf(@Nullable String kind, HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null || !type.startsWith("text/csv")) {
      return null;
    }
    if (kind == null) {
      throw new IllegalArgumentException("kind is missing: say what the rows are, as products");
    }
    return kind(kind);
  }
}
