package io.linewright.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A truth log read back. */
record Truth(List<String> comments, Map<String, List<Line>> byTag) {

  static Truth read(Path file) throws IOException {
    List<String> comments = new ArrayList<>();
    Map<String, List<Line>> byTag = new HashMap<>();
    String all = Files.readString(file);
    String whole = all.substring(0, all.lastIndexOf('\n') + 1); // the last line may be half written
    for (String text : whole.lines().toList()) {
      if (text.startsWith("# ")) {
        comments.add(text.substring(2));
      } else {
        String[] fields = text.split("\t", -1);
        byTag
            .computeIfAbsent(fields[1], tag -> new ArrayList<>())
            .add(new Line(Long.parseLong(fields[0]), fields[3], fields.length == 5));
      }
    }
    return new Truth(comments, byTag);
  }

  /** Lines of a tag, in order. */
  List<Line> of(String tag) {
    return byTag.getOrDefault(tag, List.of());
  }

  /** Whether there is a comment that begins with that word. */
  boolean says(String comment) {
    return comments.stream().anyMatch(text -> text.startsWith(comment + " "));
  }

  record Line(long micros, String value, boolean modbus) {}
}
