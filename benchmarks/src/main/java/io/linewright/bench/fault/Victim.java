package io.linewright.bench.fault;

import io.linewright.bench.plant.JavaProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that is started again and again, each time with the next kill armed. */
final class Victim implements AutoCloseable {

  /** Starts the service; an empty text arms nothing. */
  @FunctionalInterface
  interface Starter {
    JavaProcess start(String killAt) throws IOException;
  }

  private final String name;
  private final Deque<String> plan;
  private final Starter starter;
  private final PrintStream out;
  private final List<String> done = new ArrayList<>();
  private JavaProcess process;
  private String armed;

  Victim(String name, List<String> plan, Starter starter, PrintStream out) throws IOException {
    this.name = name;
    this.plan = new ArrayDeque<>(plan);
    this.starter = starter;
    this.out = out;
    this.armed = nextKill();
    this.process = starter.start(armed);
  }

  /**
   * If the process has died, notes the kill and starts it with the next one; true when all is done.
   */
  boolean tend() throws IOException {
    if (!process.isAlive()) {
      if (armed.isEmpty()) {
        throw new IOException(name + " ended although no kill was armed; see " + process.log());
      }
      done.add(armed);
      out.println("killed " + name + " at " + armed);
      armed = nextKill();
      process = starter.start(armed);
    }
    return armed.isEmpty();
  }

  /** A kill from outside at any moment, for points that this run may never pass. */
  void killNow() throws InterruptedException {
    out.println("killing " + name + " from outside, point " + armed + " was not passed");
    process.kill();
  }

  /** Kills that have happened. */
  List<String> done() {
    return List.copyOf(done);
  }

  String name() {
    return name;
  }

  private String nextKill() {
    return plan.isEmpty() ? "" : plan.removeFirst();
  }

  @Override
  public void close() {
    process.close();
  }
}
