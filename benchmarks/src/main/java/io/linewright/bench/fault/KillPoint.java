package io.linewright.bench.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A place in the code at which a process kills itself; names as in {@code docs/operations.md}.
 *
 * @param service which process
 * @param point name of the place
 * @param highestPassing the kill happens at a passing between 1 and this
 */
record KillPoint(Service service, String point, int highestPassing) {

  /** Services that a drill kills; the gateway files of the edge are not its subject. */
  enum Service {
    BRIDGE,
    INGEST
  }

  /** Every place of the trip between Kafka's commit at the bridge and the relay of events. */
  static final List<KillPoint> ALL =
      List.of(
          new KillPoint(Service.INGEST, "before-copy", 20),
          new KillPoint(Service.INGEST, "between-copy-and-commit", 20),
          new KillPoint(Service.INGEST, "between-commit-and-outbox", 5),
          new KillPoint(Service.INGEST, "between-outbox-and-relay-mark", 3),
          new KillPoint(Service.INGEST, "rebalance", 1),
          new KillPoint(Service.BRIDGE, "before-kafka-commit", 30),
          new KillPoint(Service.BRIDGE, "between-kafka-commit-and-confirm", 30));

  /**
   * The kills of a run: every point in turn, order and passing by chance.
   *
   * @param count how many
   */
  static List<String> plan(Service service, int count, Random random) {
    List<KillPoint> points = ALL.stream().filter(point -> point.service() == service).toList();
    List<String> plan = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      KillPoint point = points.get(i % points.size());
      plan.add(point.point() + ":" + (1 + random.nextInt(point.highestPassing())));
    }
    java.util.Collections.shuffle(plan, random);
    return plan;
  }
}
