package io.linewright.bench.edgefault.rig;

import java.io.IOException;

/** Signals that Java cannot send, by the system's own program. */
public final class Signals {

  private Signals() {}

  /** Stops a process where it is. */
  public static void stop(long pid) throws IOException, InterruptedException {
    run("kill", "-STOP", Long.toString(pid));
  }

  /** Lets it go on. */
  public static void resume(long pid) throws IOException, InterruptedException {
    run("kill", "-CONT", Long.toString(pid));
  }

  /**
   * Runs a program that says nothing when it succeeds.
   *
   * @throws IOException with what it said if it did not
   */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
