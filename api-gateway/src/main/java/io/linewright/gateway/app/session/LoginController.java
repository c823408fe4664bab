package io.linewright.gateway.app.session;

import io.linewright.gateway.app.dashboard.Page;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The form by which people log in. */
@RestController
@Hidden
class LoginController {

  private final Page form = Page.read("login.html");

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> login(
      CsrfToken csrf,
      @RequestParam(required = false) @Nullable String next,
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(required = false) @Nullable String expired,
      @RequestParam(required = false) @Nullable String loggedout,
      @RequestParam(required = false) @Nullable String wait) {
    String message = "";
    String kind = "none";
    if (error != null) {
      message = "Name or password is not right. Check both and try again.";
      kind = "error";
    } else if (wait != null && wait.matches("[0-9]{1,6}")) {
      message = "Too many failed attempts. Try again in " + wait + " seconds.";
      kind = "error";
    } else if (expired != null) {
      message = "The form had expired. Please log in again.";
      kind = "note";
    } else if (loggedout != null) {
      message = "You are logged out.";
      kind = "note";
    }
    String html =
        form.with(
            Map.of(
                "csrf",
                csrf.getToken(),
                "next",
                LoginTarget.safe(next),
                "message",
                message,
                "kind",
                kind));
    return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(html);
  }
}
