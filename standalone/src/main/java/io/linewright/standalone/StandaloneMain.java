package io.linewright.standalone;

import io.linewright.standalone.mqtt.BrokerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program behind {@code ./linewright up}. */
@Command(
    name = "linewright",
    description = "Event-driven smart-factory platform.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {UpCommand.class, BrokerCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class StandaloneMain {

  private StandaloneMain() {}

  /** Exit code 0 after a clean end, 1 if the platform cannot run, 2 for wrong options. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new StandaloneMain());
    line.setParameterExceptionHandler(StandaloneMain::explain);
    if (arguments.length == 0) {
      line.usage(System.err);
      System.exit(line.getCommandSpec().exitCodeOnInvalidInput());
    }
    System.exit(line.execute(arguments));
  }

  private static int explain(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    System.err.println("linewright: " + wrong.getMessage());
    command.usage(System.err);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
