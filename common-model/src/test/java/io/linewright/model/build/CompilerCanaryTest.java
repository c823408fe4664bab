package io.linewright.model.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code that must not compile, given to the compiler with the arguments of the parent POM: if a
 * checker is switched off by mistake, this test notices.
 */
class CompilerCanaryTest {

  private static final Pattern ARGUMENT = Pattern.compile("<arg>([^<]*)</arg>");

  @TempDir Path directory;

  @Test
  void sourceWithoutFaultCompiles() throws Exception {
    assertThat(compile("String name() { return \"fine\"; }")).isEqualTo("0");
  }

  @Test
  void nullAwayStopsTheBuild() throws Exception {
    assertThat(compile("String name() { return null; }")).startsWith("1").contains("[NullAway]");
  }

  @Test
  void errorProneStopsTheBuild() throws Exception {
    assertThat(compile("boolean odd(int[] a, int[] b) { return a.equals(b); }"))
        .startsWith("1")
        .contains("[ArrayEquals]");
  }

  /** Exit code, then the compiler's output if it is not 0. */
  private String compile(String method) throws IOException, InterruptedException {
    Path source = directory.resolve("Canary.java");
    Files.writeString(
        source,
        "@org.jspecify.annotations.NullMarked class Canary { " + method + " }\n",
        StandardCharsets.UTF_8);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    command.addAll(argumentsOfTheBuild());
    String classPath = System.getProperty("java.class.path");
    command.addAll(List.of("-processorpath", classPath, "-classpath", classPath));
    command.addAll(List.of("-d", directory.toString(), source.toString()));
    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(javac.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = javac.waitFor();
    return exit == 0 ? "0" : exit + "\n" + output;
  }

  private static List<String> argumentsOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    List<String> arguments = ARGUMENT.matcher(pom).results().map(r -> r.group(1)).toList();
    assertThat(arguments).anyMatch(argument -> argument.startsWith("-Xplugin:ErrorProne"));
    return arguments;
  }
}
