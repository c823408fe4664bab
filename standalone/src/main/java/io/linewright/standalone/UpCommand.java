package io.linewright.standalone;

import io.linewright.standalone.data.DataDirectory;
import io.linewright.standalone.service.ServiceKind;
import io.linewright.standalone.tls.BindAddress;
import io.linewright.standalone.tls.LocalAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the whole platform and keeps it running until it is told to stop. */
@Command(
    name = "up",
    description = "Starts everything in one process, with the simulated plant.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {

  private static final int CANNOT_RUN = 1;
  private static final int STOP_SECONDS = 60;
  private static final int MOST_INSTANCES = 3;
  private static final long MEBIBYTE = 1024 * 1024;

  @Mixin private UpOptions options = new UpOptions();

  private final CountDownLatch stopWanted = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> fatal = new AtomicReference<>();

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = new Progress(System.out, System.nanoTime());
    // SIGTERM and Ctrl-C: ask the main thread to stop and let the process end when it has.
    Thread hook = new Thread(this::stopAndWait, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return run(progress);
    } catch (StartFailure failure) {
      System.err.println("linewright: " + failure.getMessage());
      return CANNOT_RUN;
    } finally {
      stopped.countDown();
    }
  }

  private int run(Progress progress) throws StartFailure, InterruptedException {
    BindAddress bind = BindAddress.of(options.bind, LocalAddresses.ofThisMachine());
    requireReadable(options);
    requireKnown(options.services);
    requireFew(options.instances);
    long minFree = options.minFreeDiskMib * MEBIBYTE;
    try (DataDirectory data = DataDirectory.open(options.data, minFree)) {
      Logs.configure(data.directory("logs"));
      progress.say("Linewright " + Version.text() + " starts with its data in " + data.path());
      try (Platform platform = new Platform(options, bind, data, progress, this::onFatal)) {
        platform.start(() -> stopWanted.getCount() == 0);
        stopWanted.await();
        progress.say("Stopping");
      }
      progress.say("Stopped");
    } catch (IOException cannotWrite) {
      throw new StartFailure("Cannot write to " + options.data + ": " + cannotWrite, cannotWrite);
    }
    String reason = fatal.get();
    if (reason != null) {
      System.err.println("linewright: " + reason);
      return CANNOT_RUN;
    }
    return 0;
  }

  private void onFatal(String reason) {
    fatal.compareAndSet(null, reason);
    stopWanted.countDown();
  }

  private void stopAndWait() {
    stopWanted.countDown();
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("linewright: could not stop everything in " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private static void requireKnown(List<String> services) throws StartFailure {
    for (String service : services) {
      if (!service.equals("none") && !ServiceKind.titles().contains(service)) {
        throw new StartFailure(
            "--services: '" + service + "' is none of " + ServiceKind.titles() + " or none");
      }
    }
  }

  /** Every instance has up to 12 connections to PostgreSQL, which has 60 for all. */
  private static void requireFew(Map<String, Integer> instances) throws StartFailure {
    for (Map.Entry<String, Integer> service : instances.entrySet()) {
      if (!service.getKey().equals("ingest")) {
        throw new StartFailure(
            "--instances: '"
                + service.getKey()
                + "' cannot run several times; write --instances ingest=N");
      }
      if (service.getValue() < 1 || service.getValue() > MOST_INSTANCES) {
        throw new StartFailure(
            "--instances: ingest=%d is not in 1 to %d"
                .formatted(service.getValue(), MOST_INSTANCES));
      }
    }
  }

  private static void requireReadable(UpOptions options) throws StartFailure {
    if (options.edge != null && !Files.isReadable(options.edge)) {
      throw new StartFailure(
          "The gateway file " + options.edge.toAbsolutePath() + " cannot be read (--edge FILE).");
    }
  }
}
