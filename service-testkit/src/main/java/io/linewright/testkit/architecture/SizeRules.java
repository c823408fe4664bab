package io.linewright.testkit.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How large files and packages may grow, read from the sources of the main code. What a rule finds
 * is told as path below the root and figure; whoever lists an exception says why.
 */
public final class SizeRules {

  private static final String MAIN = "src/main/java";
  private static final String PACKAGE_INFO = "package-info.java";
  private static final Set<String> NOT_SOURCE = Set.of("target", ".git", "data", "node_modules");

  private final Path root;
  private final List<Path> sources;

  /**
   * The main code below a directory, in all modules.
   *
   * @throws IllegalArgumentException if there is none: a rule without subject would always hold
   */
  public SizeRules(Path root) {
    this.root = root;
    this.sources = sources(root);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("there is no main code below " + root);
    }
  }

  /** Files with more lines than that, and how many they have. */
  public Map<String, Integer> filesLongerThan(int lines) {
    Map<String, Integer> found = new TreeMap<>();
    for (Path source : sources) {
      int length = text(source).size();
      if (length > lines) {
        found.put(name(source), length);
      }
    }
    return found;
  }

  /** Packages with more files than that, {@code package-info.java} not counted. */
  public Map<String, Integer> packagesLargerThan(int files) {
    Map<String, Integer> sizes = new TreeMap<>();
    for (Path source : sources) {
      if (!source.endsWith(PACKAGE_INFO)) {
        sizes.merge(name(directory(source)), 1, Integer::sum);
      }
    }
    sizes.values().removeIf(size -> size <= files);
    return sizes;
  }

  /** Packages whose {@code package-info.java} is missing or does not say {@code @NullMarked}. */
  public List<String> packagesNotNullMarked() {
    return sources.stream()
        .map(SizeRules::directory)
        .distinct()
        .filter(directory -> !nullMarked(directory.resolve(PACKAGE_INFO)))
        .map(this::name)
        .sorted()
        .toList();
  }

  private static boolean nullMarked(Path packageInfo) {
    return Files.exists(packageInfo)
        && text(packageInfo).stream().anyMatch(line -> line.strip().equals("@NullMarked"));
  }

  private static Path directory(Path source) {
    return source.resolveSibling("");
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static List<String> text(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<Path> sources(Path root) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
              boolean module = !name(directory).contains(MAIN);
              return module && NOT_SOURCE.contains(String.valueOf(directory.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
              String name = name(file);
              if (name.contains(MAIN) && name.endsWith(".java")) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            private String name(Path path) {
              return root.relativize(path).toString().replace('\\', '/');
            }
          });
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return found;
  }
}
