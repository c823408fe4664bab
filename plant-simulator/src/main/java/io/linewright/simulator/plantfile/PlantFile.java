package io.linewright.simulator.plantfile;

import io.linewright.simulator.plant.PlantDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads plant files, version 1; their fields are described in {@code docs/simulator.md}. */
public final class PlantFile {

  /** Longest plant file: 4 MiB of text. */
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private PlantFile() {}

  /**
   * Reads a file, or one of the plants that come with the program.
   *
   * @param name {@code demo}, {@code load} or the path of a file
   * @throws PlantFileException if the content is wrong
   * @throws IOException if there is no such file or it cannot be read
   */
  public static PlantDescription load(String name) throws PlantFileException, IOException {
    if (name.equals("demo") || name.equals("load")) {
      String resource = "/io/linewright/simulator/" + name + "-plant.yaml";
      @Nullable InputStream stream = PlantFile.class.getResourceAsStream(resource);
      if (stream == null) {
        throw new IOException("the program is incomplete: " + resource + " is missing in it");
      }
      try (stream) {
        return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      char[] text = new char[MAX_CHARACTERS];
      int length = 0;
      for (int n; length < text.length; length += n) {
        n = reader.read(text, length, text.length - length);
        if (n < 0) {
          break;
        }
      }
      return parse(name, new String(text, 0, length));
    }
  }

  /**
   * Reads a plant from text.
   *
   * @param file name for messages
   * @throws PlantFileException if the content is wrong; it names every problem
   */
  public static PlantDescription parse(String file, String text) throws PlantFileException {
    var problems = new Problems();
    Optional<Node> root = compose(file, text);
    if (root.isEmpty()) {
      throw new PlantFileException(file, List.of(new Problem(1, "", "the file is empty")));
    }
    PlantDescription plant = new PlantReader(new Fields(root.get(), "", problems)).read();
    problems.throwIfAny(file);
    return plant;
  }

  private static Optional<Node> compose(String file, String text) throws PlantFileException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_CHARACTERS).build();
    try {
      return new Compose(settings).composeString(text);
    } catch (MarkedYamlEngineException notYaml) {
      int line = notYaml.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      String reason = "is not YAML: " + notYaml.getProblem();
      throw new PlantFileException(file, List.of(new Problem(line, "", reason)));
    } catch (YamlEngineException notYaml) {
      String reason = "is not YAML: " + notYaml.getMessage();
      throw new PlantFileException(file, List.of(new Problem(1, "", reason)));
    }
  }
}
