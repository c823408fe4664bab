package io.linewright.edge.app.reload;

import io.linewright.edge.app.config.EdgeFileException;
import io.linewright.edge.app.config.EdgeFileReader;
import io.linewright.edge.config.EdgeFile;
import io.linewright.edge.config.change.FileLook;
import io.linewright.edge.config.change.FileLook.Verdict;
import io.linewright.edge.fold.Step;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a changed gateway file in the place of the one in force: every part of the gateway takes it,
 * one after the other. A file that is wrong changes nothing. If a part cannot take a file, all take
 * the old one again; only if that fails, too, is the gateway left in between, and says so.
 */
public final class FileTakeover {

  private static final Logger LOG = LoggerFactory.getLogger(FileTakeover.class);

  /** Longest pause: 32 looks. */
  private static final int MOST_DOUBLINGS = 5;

  private final Path path;
  private final List<TakesFile> parts;
  private EdgeFile inForce;
  private FileLook look;
  private int failures;
  private int pause;
  private volatile FileStatus status;

  /**
   * @param first the file that the gateway started with
   * @param parts in the order in which they take a file
   */
  public FileTakeover(GatewayFile first, List<TakesFile> parts) {
    this.path = first.path();
    this.parts = List.copyOf(parts);
    this.inForce = first.content();
    this.look = FileLook.start(first.hash());
    this.status = new FileStatus(FileContent.shown(first.hash()), 0, 0, List.of(), false);
  }

  /** How it stands. Any thread. */
  public FileStatus status() {
    return status;
  }

  /**
   * Looks at the file, and takes over what it says if it has changed and stands still since the
   * last look. A right file that could not be put in force is tried again, after a pause that
   * doubles with each failure. For one thread.
   *
   * @throws InterruptedException if the gateway stops meanwhile
   */
  public void look() throws InterruptedException {
    if (pause > 0) {
      pause--;
      return;
    }
    FileContent content = FileContent.of(path);
    Step<FileLook, Verdict> step = look.look(content.hash());
    look = step.state();
    for (Verdict verdict : step.facts()) {
      switch (verdict) {
        case READ -> read(content);
        case RESTORED -> {
          status = status.restored();
          LOG.info("{} is again what is in force", path);
        }
      }
    }
  }

  private void read(FileContent content) throws InterruptedException {
    byte[] bytes = content.bytes();
    try {
      EdgeFile next =
          bytes == null ? EdgeFileReader.read(path) : EdgeFileReader.change(path, bytes, inForce);
      if (bytes != null) { // else it can be read by now, and is found by the next look
        take(next, content.hash());
      }
    } catch (EdgeFileException wrong) {
      failures = 0;
      refuse(wrong.problems());
    }
  }

  private void take(EdgeFile next, String hash) throws InterruptedException {
    try {
      takeAll(next);
      inForce = next;
      look = look.taken();
      failures = 0;
      status = status.taken(FileContent.shown(hash));
      LOG.info("{} has changed and is in force now", path);
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception failed) {
      LOG.error("{} cannot be put in force", path, failed);
      takeBack(path + ": cannot be put in force, tried again: " + failed.getMessage());
      look = look.postponed();
      pause = 1 << Math.min(failures++, MOST_DOUBLINGS);
    }
  }

  private void takeBack(String why) throws InterruptedException {
    try {
      takeAll(inForce);
      refuse(List.of(why));
    } catch (InterruptedException stopped) {
      throw stopped;
    } catch (Exception failed) {
      LOG.error("{} is in force by half: restart the gateway", path, failed);
      status =
          status.broken(
              List.of(why, path + ": is in force by half; restart the gateway: " + failed));
    }
  }

  private void takeAll(EdgeFile file) throws Exception {
    for (TakesFile part : parts) {
      part.take(file);
    }
  }

  private void refuse(List<String> problems) {
    status = status.refused(problems);
    LOG.error(
        "{} has changed and is refused; what was read before goes on:{}{}",
        path,
        System.lineSeparator(),
        String.join(System.lineSeparator(), problems));
  }
}
