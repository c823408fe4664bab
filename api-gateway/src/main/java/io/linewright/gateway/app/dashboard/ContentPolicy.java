package io.linewright.gateway.app.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Content security policy (W3C CSP 3) of the pages: everything from here, no inline script but the
 * import map, which is named by its hash, no inline style, no frames. Strings become markup only
 * through Lit's own trusted-types policy.
 *
 * @param importMap exact text of the import map in the page
 */
public record ContentPolicy(String importMap) {

  /** For answers that are no page. */
  public static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /** The policy with the hash of the import map. */
  public String dashboard() {
    return "default-src 'none'; script-src 'self' 'sha256-"
        + hash()
        + "'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self';"
        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        + " trusted-types lit-html; require-trusted-types-for 'script'";
  }

  private String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(importMap.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
