package io.linewright.edge.app.uplink;

import io.linewright.edge.app.uplink.link.UplinkSettings;
import io.linewright.kit.fault.FaultPoints;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * A gateway in a process of its own that is made to be killed: {@code KilledGateway URL DIRECTORY
 * KILL-AT FIRST}. It hands in numbers from FIRST on and prints each before it does.
 */
final class KilledGateway {

  private KilledGateway() {}

  public static void main(String[] arguments) throws Exception {
    FaultPoints faults = FaultPoints.parse(arguments[2]);
    try (Uplink uplink =
        Uplink.builder(TestPlant.file(), Path.of(arguments[1]), UplinkSettings.of(arguments[0]))
            .faultPoints(faults::reached)
            .start()) {
      for (long number = Long.parseLong(arguments[3]); number < Long.MAX_VALUE; number++) {
        System.out.println(number);
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        uplink.accept(TestPlant.MILL, TestPlant.COUNT, TestPlant.count(micros, number));
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }
}
