package io.linewright.gateway.app.dashboard;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the first page. */
@RestController
@Hidden
class DashboardController {

  private static final String IMPORT_MAP_GAP = "@IMPORT_MAP@";

  private final Page page;

  DashboardController(ContentPolicy content) {
    // The import map stands in the page as it is, unescaped: its hash in the policy covers it.
    page =
        new Page(Page.read("dashboard.html").html().replace(IMPORT_MAP_GAP, content.importMap()));
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> dashboard(Authentication who, CsrfToken csrf) {
    String html = page.with(Map.of("user", who.getName(), "csrf", csrf.getToken()));
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(html);
  }
}
