package io.linewright.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.linewright.system.contract.Repository;
import io.linewright.system.plant.PlantFixture;
import io.linewright.system.plant.SharedPlant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An operator opens the page, logs in and sees the plant move. */
@Order(PlantFixture.SHARED)
@ExtendWith(SharedPlant.class)
class DashboardTest {

  @TempDir Path profile;

  @Test
  void operatorLogsInAndSeesThePlantMove(PlantFixture fixture) throws Exception {
    Assumptions.assumeTrue(
        Chromium.installed().isPresent(), "Chromium is not installed: apt-get install chromium");
    try (Chromium browser =
        Chromium.start(Chromium.installed().orElseThrow(), profile, 1440, 1240)) {
      String dashboard = fixture.plant().addresses().path("dashboard").asString();
      JsonNode viewer = fixture.plant().credentials().path("dashboard").path("viewer");

      browser.open(dashboard);
      until(browser, "document.querySelector('#username') !== null");
      browser.evaluate(
          "document.querySelector('#username').value = '%s'; document.querySelector('#password').value = '%s'; document.querySelector('form').requestSubmit(); ''"
              .formatted(viewer.path("username").asString(), viewer.path("password").asString()));

      until(browser, "document.querySelectorAll('.machine').length >= 10");
      until(browser, "document.querySelector('.stream--live') !== null");
      until(browser, "document.querySelectorAll('.value__number').length > 20");
      String before = numbers(browser);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !numbers(browser).equals(before));
      // Let the ages show that values arrive, then keep the picture.
      until(
          browser,
          "[...document.querySelectorAll('.machine__state')].some(e => e.textContent.includes('Execute'))");
      Path picture = Files.createDirectories(Path.of("target")).resolve("plant.png");
      Files.write(picture, browser.screenshot());
      assertThat(picture).isNotEmptyFile();
      assertThat(Repository.root().resolve("docs/images/plant.png")).exists();
    }
  }

  private static String numbers(Chromium browser) {
    return browser.evaluate(
        "[...document.querySelectorAll('.value__number')].map(e => e.textContent.trim()).join('|')");
  }

  private static void until(Chromium browser, String condition) {
    Awaitility.await(condition)
        .atMost(60, TimeUnit.SECONDS)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .until(() -> browser.evaluate(condition).equals("true"));
  }
}
