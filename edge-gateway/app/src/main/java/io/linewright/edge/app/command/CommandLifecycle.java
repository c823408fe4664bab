package io.linewright.edge.app.command;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Commands are executed while the drivers run and their steps can be stored. */
final class CommandLifecycle implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(CommandLifecycle.class);

  private final Optional<CommandDesk> desk;
  private volatile boolean running;

  CommandLifecycle(Optional<CommandDesk> desk) {
    this.desk = desk;
  }

  @Override
  public void start() {
    desk.ifPresent(CommandDesk::start);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    try {
      if (desk.isPresent()) {
        desk.get().close();
      }
    } catch (CommandStoreException failed) {
      LOG.error("{}", failed.getMessage());
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the drivers at the start, after them at the end: how their writes ended is told. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE - 1;
  }
}
