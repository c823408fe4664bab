package io.linewright.gateway.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTargetTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/lines", "/lines/a-1?from=2026-01-01&x=%20"})
  void keepsOurOwnPages(String wanted) {
    assertThat(LoginTarget.safe(wanted)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "lines",
        "//host",
        "/../x",
        "/a\nb",
        "http:/x",
        "/a\\b",
        "/x?u=http://h",
        "/login"
      })
  void replacesEverythingElseByTheFirstPage(@Nullable String wanted) {
    assertThat(LoginTarget.safe(wanted)).isEqualTo("/");
  }

  @Test
  void carriesTheWantedPageThroughTheForm() {
    assertThat(LoginTarget.form("/lines?a=1")).isEqualTo("/login?next=%2Flines%3Fa%3D1");
    assertThat(LoginTarget.form("/")).isEqualTo("/login");
  }
}
