package io.linewright.edge.app.reload;

import java.util.List;

/**
 * How it stands with the gateway file.
 *
 * @param hash first 12 digits of the SHA-256 of the content in force
 * @param taken changes taken over since the start
 * @param refused changes refused since the start
 * @param problems what is wrong with the content that was refused last, one line each; empty if the
 *     content of the file is in force
 * @param broken whether a change could be neither carried out nor taken back
 */
public record FileStatus(
    String hash, long taken, long refused, List<String> problems, boolean broken) {

  public FileStatus {
    problems = List.copyOf(problems);
  }

  FileStatus taken(String next) {
    return new FileStatus(next, taken + 1, refused, List.of(), broken);
  }

  FileStatus refused(List<String> why) {
    return new FileStatus(hash, taken, refused + 1, why, broken);
  }

  FileStatus restored() {
    return new FileStatus(hash, taken, refused, List.of(), broken);
  }

  FileStatus broken(List<String> why) {
    return new FileStatus(hash, taken, refused + 1, why, true);
  }
}
