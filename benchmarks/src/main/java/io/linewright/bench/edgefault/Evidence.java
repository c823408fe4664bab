package io.linewright.bench.edgefault;

import io.linewright.bench.edgefault.judge.Interruption;
import io.linewright.bench.edgefault.judge.Loss;
import io.linewright.bench.edgefault.judge.TrueTimes;
import io.linewright.bench.plant.Json;
import io.linewright.bench.plant.StoredSample;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leaves what is needed to count once more. */
final class Evidence {

  private final Optional<Path> directory;

  Evidence(Optional<Path> directory) {
    this.directory = directory;
  }

  void keep(
      List<Path> truths,
      Map<String, List<StoredSample>> stored,
      List<Interruption> journal,
      List<Loss> losses)
      throws IOException {
    if (directory.isEmpty()) {
      return;
    }
    Path to = Files.createDirectories(directory.get());
    for (Path truth : truths) {
      Files.copy(truth, to.resolve(truth.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    try (Writer rows = Files.newBufferedWriter(to.resolve("stored.tsv"))) {
      for (Map.Entry<String, List<StoredSample>> tag : stored.entrySet()) {
        for (StoredSample row : tag.getValue()) {
          rows.write(
              "%d\t%s\t%d\t%d\t%s\n"
                  .formatted(
                      row.sourceMicros(), tag.getKey(), row.ordinal(), row.status(), row.value()));
        }
      }
    }
    Files.write(to.resolve("journal.jsonl"), journal.stream().map(Json::line).toList());
    Files.write(to.resolve("losses.jsonl"), losses.stream().map(Json::line).toList());
  }

  void keep(List<TrueTimes.Jump> jumps) throws IOException {
    if (directory.isPresent()) {
      Path to = Files.createDirectories(directory.get());
      Files.write(to.resolve("jumps.jsonl"), jumps.stream().map(Json::line).toList());
    }
  }
}
