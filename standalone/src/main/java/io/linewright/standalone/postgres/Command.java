package io.linewright.standalone.postgres;

import io.linewright.standalone.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short programs that are run to their end. */
final class Command {

  private static final int SECONDS = 120;

  /**
   * What a program said.
   *
   * @param exit its exit code; -1 if it could not be run or did not end in time
   * @param output all it printed, or why it could not be run
   */
  record Result(List<String> command, int exit, String output) {

    /** The output, if the program ended well. */
    String require(String purpose) throws StartFailure {
      if (exit != 0) {
        throw new StartFailure(
            "Could not "
                + purpose
                + ": "
                + command
                + " ended with "
                + exit
                + ": "
                + output.strip());
      }
      return output;
    }
  }

  /** Runs the program with an environment that holds nothing of the caller's. */
  static Result run(Path directory, List<String> words) {
    try {
      Process process = builder(directory, words).start();
      process.getOutputStream().close();
      String output;
      try (var reader = process.getInputStream()) {
        output = new String(reader.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(words, -1, "still running after " + SECONDS + " s");
      }
      return new Result(words, process.exitValue(), output);
    } catch (IOException cannotRun) {
      return new Result(words, -1, cannotRun.toString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return new Result(words, -1, "interrupted");
    }
  }

  /** A process in the directory, its two outputs joined. */
  static ProcessBuilder builder(Path directory, List<String> words) {
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
    String path = System.getenv("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path == null ? "/usr/bin:/bin" : path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    return builder;
  }

  private Command() {}
}
