package io.linewright.gateway.app.support;

import io.linewright.testkit.infrastructure.TestPostgres;
import java.nio.file.Files;
import java.util.Map;

/**
 * Runs a gateway before a played plant, to look at the page: arguments are port and plant|empty.
 */
public final class PlayedPlantMain {

  private PlayedPlantMain() {}

  public static void main(String[] args) throws Exception {
    TestPostgres database = TestPostgres.start();
    FakeService service = new FakeService(args[1].equals("plant") ? new PlayedPlant() : null);
    GatewayUnderTest.start(
        database.createDatabase(),
        Files.createTempDirectory("gateway").resolve("master.key"),
        service.url(),
        Map.of("server.port", args[0]));
  }
}
