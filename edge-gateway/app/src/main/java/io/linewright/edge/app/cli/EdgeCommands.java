package io.linewright.edge.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of {@code ./linewright edge NAME}. */
public final class EdgeCommands {

  private EdgeCommands() {}

  /** Commands are added here. */
  @Command(
      name = "edge",
      description = "Sets up an edge gateway.",
      mixinStandardHelpOptions = true,
      subcommands = {BrowseCommand.class, TrustCommand.class})
  static final class Root implements Runnable {

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "a command is missing");
    }
  }

  /**
   * Runs a command.
   *
   * @param arguments without the leading {@code edge}
   * @return exit code: 0 done, 1 failed with a reason on standard error, 2 wrong use
   */
  public static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Root())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println("linewright: " + failure.getMessage());
              return 1;
            });
  }
}
