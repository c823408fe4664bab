package io.linewright.bench.outage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Joins the gateway files that two simulators wrote into one gateway with two connections. */
final class GatewayFiles {

  private GatewayFiles() {}

  /**
   * The joined file.
   *
   * @param first keeps the name of its connection; its head is taken
   * @param second its connection is renamed
   * @param name new name of the second file's OPC UA connection
   * @param extra lines put before the connections, such as a {@code log} section
   */
  static String join(Path first, Path second, String name, List<String> extra) throws IOException {
    List<String> one = absolute(first);
    List<String> two = absolute(second);
    List<String> joined = new ArrayList<>(part(one, "", "connections:"));
    joined.addAll(extra);
    joined.add("connections:");
    joined.addAll(part(one, "connections:", "devices:"));
    joined.addAll(renamed(part(two, "connections:", "devices:"), name));
    joined.add("devices:");
    joined.addAll(part(one, "devices:", ""));
    joined.addAll(renamed(part(two, "devices:", ""), name));
    return String.join("\n", joined) + "\n";
  }

  /** Lines between two heads; an empty head is the begin or the end of the file. */
  private static List<String> part(List<String> lines, String from, String to) throws IOException {
    int begin = from.isEmpty() ? 0 : lines.indexOf(from) + 1;
    int end = to.isEmpty() ? lines.size() : lines.indexOf(to);
    if (begin == 0 && !from.isEmpty() || end < begin) {
      throw new IOException("not a gateway file of the simulator: no line '" + from + to + "'");
    }
    return lines.subList(begin, end);
  }

  private static List<String> renamed(List<String> lines, String name) {
    return lines.stream()
        .map(line -> line.replace("- id: opcua", "- id: " + name))
        .map(line -> line.replace("connection: opcua", "connection: " + name))
        .toList();
  }

  private static List<String> absolute(Path file) throws IOException {
    String directory = file.toAbsolutePath().getParent() + "/";
    return Files.readAllLines(file).stream()
        .map(line -> line.replace("password-file: \"", "password-file: \"" + directory))
        .map(line -> line.replace("trust-dir: \"", "trust-dir: \"" + directory))
        .toList();
  }
}
