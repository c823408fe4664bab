package io.linewright.system.readme;

import io.linewright.system.contract.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands and examples of the README. */
record Readme(String text) {

  private static final Pattern INLINE = Pattern.compile("`(\\./linewright [^`]+)`");

  static Readme read() throws IOException {
    return new Readme(Files.readString(Repository.root().resolve("README.md")));
  }

  /** Content of every fenced block of a language, in order. */
  List<String> blocks(String language) {
    List<String> blocks = new ArrayList<>();
    Matcher block =
        Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
            .matcher(text);
    while (block.find()) {
      blocks.add(block.group(1).strip());
    }
    return blocks;
  }

  /** The first block of shell commands that contains the word. */
  String shell(String word) {
    return blocks("sh").stream()
        .filter(block -> block.contains(word))
        .findFirst()
        .orElseThrow(() -> new AssertionError("README.md has no shell block with " + word));
  }

  /** Every command: the lines of the shell blocks, and the calls of the script within the text. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String block : blocks("sh")) {
      commands.addAll(block.lines().toList());
    }
    Matcher inline = INLINE.matcher(text);
    while (inline.find()) {
      commands.add(inline.group(1));
    }
    return commands;
  }
}
