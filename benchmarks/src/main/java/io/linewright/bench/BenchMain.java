package io.linewright.bench;

import io.linewright.bench.edge.EdgeBench;
import io.linewright.bench.edgefault.EdgeFaultBench;
import io.linewright.bench.fault.FaultBench;
import io.linewright.bench.historian.HistorianBench;
import io.linewright.bench.historian.HistorianFaultBench;
import io.linewright.bench.historian.StorageBench;
import io.linewright.bench.live.LiveBench;
import io.linewright.bench.modbus.BenchDevice;
import io.linewright.bench.modbus.ModbusBench;
import io.linewright.bench.outage.OutageBench;
import io.linewright.bench.query.QueryBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code ./linewright check} and {@code ./linewright bench NAME}. */
public final class BenchMain {

  private BenchMain() {}

  @Command(
      name = "linewright",
      mixinStandardHelpOptions = true,
      subcommands = {CheckCommand.class, Bench.class})
  static final class Root {}

  @Command(
      name = "bench",
      description = "Measures; the last line is one JSON object.",
      mixinStandardHelpOptions = true,
      subcommands = {
        PipelineBench.class,
        FaultBench.class,
        ModbusBench.class,
        BenchDevice.class,
        OutageBench.class,
        EdgeBench.class,
        EdgeFaultBench.class,
        HistorianBench.class,
        HistorianFaultBench.class,
        LiveBench.class,
        QueryBench.class,
        StorageBench.class
      })
  static final class Bench {}

  /** Runs the command and exits with its code; 2 for unknown commands and options. */
  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      // Jars on the class path bring a logback.xml of their own.
      System.setProperty("logback.configurationFile", "logback-bench.xml");
    }
    System.exit(new CommandLine(new Root()).execute(arguments));
  }
}
