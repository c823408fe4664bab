package io.linewright.planted.core.app;

import io.linewright.testkit.property.Seeded;

/** Planted: a public controller that knows another module. */
public class PlantedController {
  void planted() {
    Seeded.check(1, random -> {});
  }
}
