package io.linewright.oee.app.master;

import io.linewright.oee.app.NextLink;
import io.linewright.oee.app.Requester;
import io.linewright.oee.app.document.JsonNodes;
import io.linewright.oee.app.document.WrongDocumentException;
import io.linewright.oee.app.master.MasterStore.Said;
import io.linewright.oee.app.master.MasterViews.ItemView;
import io.linewright.oee.app.master.MasterViews.ItemsView;
import io.linewright.oee.app.master.MasterViews.ListedView;
import io.linewright.oee.app.master.MasterViews.VersionsView;
import io.linewright.oee.masterdata.Entries;
import io.linewright.oee.masterdata.form.MasterKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Items one by one. All kinds are under {@code /api/v1/master-data/items}; those that people and
 * other systems work with every day have paths of their own, too.
 */
@RestController
@Tag(name = "Master data")
class MasterItemController {

  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_VERSIONS = 1_000;
  private static final String ITEMS = "/api/v1/master-data/items";

  private final MasterDesk desk;
  private final MasterStore store;
  private final MasterBooks books;

  MasterItemController(MasterDesk desk, MasterStore store, MasterBooks books) {
    this.desk = desk;
    this.store = store;
    this.books = books;
  }

  @GetMapping(
      path = {
        "/api/v1/products",
        "/api/v1/ideal-cycles",
        "/api/v1/reason-trees",
        "/api/v1/calendars",
        "/api/v1/lines/topology",
        "/api/v1/machine-rules",
        "/api/v1/tolerances",
        "/api/v1/manual-stations"
      },
      produces = "application/json")
  @Operation(
      operationId = "masterItems",
      summary = "Items of a kind, by key",
      description =
          "With under only those whose key begins so: of ideal-cycles, lines/topology,"
              + " machine-rules and manual-stations an equipment path.")
  ItemsView list(
      @RequestParam(defaultValue = "") String under,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String cursor,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", not " + limit);
    }
    MasterKind kind = kind(request);
    Entries entries = books.held().entries();
    List<String> keys =
        entries.keys(kind).stream()
            .filter(key -> key.startsWith(under) && key.compareTo(cursor) > 0)
            .limit(limit + 1L)
            .toList();
    List<ListedView> items =
        keys.stream()
            .limit(limit)
            .map(key -> new ListedView(key, MasterViews.editions(entries, kind, key)))
            .toList();
    if (keys.size() <= limit) {
      return new ItemsView(items, null);
    }
    NextLink.add(request, response, keys.get(limit - 1));
    return new ItemsView(items, keys.get(limit - 1));
  }

  @GetMapping(
      path = {"/api/v1/products/{key}", "/api/v1/reason-trees/{key}", "/api/v1/calendars/{key}"},
      produces = "application/json")
  @Operation(operationId = "masterItemByKey", summary = "One item; ETag is its version")
  ResponseEntity<ItemView> one(@PathVariable String key, HttpServletRequest request) {
    return answer(kind(request), key);
  }

  @GetMapping(path = ITEMS, produces = "application/json")
  @Operation(
      operationId = "masterItem",
      summary = "One item of any kind; ETag is its version",
      description =
          "key is the name; of sites, calendar-assignments, lines, machine-rules and"
              + " manual-stations the path; of ideal-cycles path#product, or the path for any"
              + " product; of tolerances characteristic#product; of planned-stops path@begin.")
  ResponseEntity<ItemView> one(@RequestParam String kind, @RequestParam String key) {
    return answer(MasterImportController.kind(kind), key);
  }

  @PutMapping(
      path = {"/api/v1/products/{key}", "/api/v1/reason-trees/{key}", "/api/v1/calendars/{key}"},
      consumes = "application/json",
      produces = "application/json")
  @Operation(
      operationId = "putMasterItemByKey",
      summary = "Say something of one item",
      description = "As PUT of /api/v1/master-data/items.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
  ResponseEntity<ItemView> put(
      @PathVariable String key,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode fields,
      Authentication who,
      HttpServletRequest request) {
    return put(kind(request), key, ifMatch, fields, who);
  }

  @PutMapping(path = ITEMS, consumes = "application/json", produces = "application/json")
  @Operation(
      operationId = "putMasterItem",
      summary = "Say something of one item of any kind",
      description =
          "Needs the role admin. The body has the fields that the item has in a document, with"
              + " valid-from if it is not to hold since ever. key is needed for kinds whose items"
              + " have names. Of an item that is there If-Match must be its ETag.",
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content =
                  @Content(mediaType = "application/json", schema = @Schema(type = "object"))))
  ResponseEntity<ItemView> put(
      @RequestParam String kind,
      @RequestParam(required = false) @Nullable String key,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode fields,
      Authentication who) {
    return put(MasterImportController.kind(kind), key, ifMatch, fields, who);
  }

  @DeleteMapping(
      path = {"/api/v1/products/{key}", "/api/v1/reason-trees/{key}", "/api/v1/calendars/{key}"})
  @Operation(
      operationId = "deleteMasterItemByKey",
      summary = "Take an item back, with all its days",
      description = "Needs the role admin, and If-Match. What others name stays: 409 in-use.")
  ResponseEntity<Void> delete(
      @PathVariable String key,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Authentication who,
      HttpServletRequest request) {
    desk.remove(kind(request), key, ifMatch, Requester.of(who));
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping(path = ITEMS)
  @Operation(
      operationId = "deleteMasterItem",
      summary = "Take an item of any kind back, with all its days",
      description = "Needs the role admin, and If-Match. What others name stays: 409 in-use.")
  ResponseEntity<Void> delete(
      @RequestParam String kind,
      @RequestParam String key,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      Authentication who) {
    desk.remove(MasterImportController.kind(kind), key, ifMatch, Requester.of(who));
    return ResponseEntity.noContent().build();
  }

  @GetMapping(path = ITEMS + "/versions", produces = "application/json")
  @Operation(
      operationId = "masterItemVersions",
      summary = "All that was said of an item, the latest first",
      description = "Also of one that was taken back. At most the latest 1,000.")
  VersionsView versions(@RequestParam String kind, @RequestParam String key) {
    MasterKind known = MasterImportController.kind(kind);
    List<Said> said = store.versions(known, key, MAX_VERSIONS);
    if (said.isEmpty()) {
      throw MasterDesk.unknown(known, key);
    }
    return new VersionsView(known.section(), key, said.stream().map(MasterViews::version).toList());
  }

  @ExceptionHandler(WrongDocumentException.class)
  ProblemDetail wrong(WrongDocumentException wrong) {
    return MasterImportController.problem(wrong);
  }

  private ResponseEntity<ItemView> put(
      MasterKind kind,
      @Nullable String key,
      @Nullable String ifMatch,
      JsonNode fields,
      Authentication who) {
    if (key == null && kind.named()) {
      throw new IllegalArgumentException("key is missing: the name of the item");
    }
    Said said = desk.put(kind, key, JsonNodes.of(fields), ifMatch, Requester.of(who));
    return answer(kind, said.item().key());
  }

  private ResponseEntity<ItemView> answer(MasterKind kind, String key) {
    Entries entries = books.held().entries();
    if (!entries.has(kind, key)) {
      throw MasterDesk.unknown(kind, key);
    }
    ItemView view = MasterViews.item(entries, store.latest(kind, key).orElseThrow());
    return ResponseEntity.ok().eTag("\"" + view.version() + "\"").body(view);
  }

  /** The kind that the path names. */
  private static MasterKind kind(HttpServletRequest request) {
    String section = request.getRequestURI().split("/", -1)[3];
    return section.equals("lines") ? MasterKind.LINE : MasterImportController.kind(section);
  }
}
