package io.linewright.gateway.app.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a person goes after the login: only ever a page of this gateway. */
final class LoginTarget {

  static final String HOME = "/";

  /** A path of plain characters; no second slash at the start, no backslash, no scheme, no dots. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "/(?:[A-Za-z0-9_-][A-Za-z0-9_./-]{0,199})?(?:\\?[A-Za-z0-9_.~%&=/-]{0,400})?");

  private LoginTarget() {}

  /** The wanted page if it is one of ours, else the first page. */
  static String safe(@Nullable String wanted) {
    if (wanted == null || wanted.startsWith("/login") || !LOCAL.matcher(wanted).matches()) {
      return HOME;
    }
    return wanted;
  }

  /** Address of the form that leads on to the wanted page. */
  static String form(String wanted) {
    String target = safe(wanted);
    return target.equals(HOME)
        ? "/login"
        : "/login?next=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
  }
}
