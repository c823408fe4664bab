package io.linewright.standalone;

import io.linewright.standalone.data.Credentials;
import io.linewright.standalone.data.DataDirectory;
import io.linewright.standalone.service.ServiceContext;
import io.linewright.standalone.service.ServiceKind;
import io.linewright.standalone.tls.BindAddress;
import io.linewright.standalone.tls.Listener;
import io.linewright.standalone.tls.PlantCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs, in the order in which it starts; it stops in the opposite order. */
final class Platform implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Platform.class);

  /** The parts; those that others need stand first. */
  private enum Part {
    POSTGRES("PostgreSQL"),
    KAFKA("Kafka"),
    SIMULATOR("simulated plant"),
    MQTT("MQTT broker"),
    INGEST("ingest-service"),
    FURTHER_INGESTS("further ingest-services"),
    OEE("oee-service"),
    GATEWAY("api-gateway"),
    BRIDGE("bridge"),
    EDGE("edge-gateway");

    private final String title;

    Part(String title) {
      this.title = title;
    }
  }

  private final UpOptions options;
  private final BindAddress bind;
  private final DataDirectory data;
  private final Progress progress;
  private final Consumer<String> onFatal;
  private final Map<Part, AutoCloseable> running = new EnumMap<>(Part.class);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("start-", 0).daemon().factory());

  Platform(
      UpOptions options,
      BindAddress bind,
      DataDirectory data,
      Progress progress,
      Consumer<String> onFatal) {
    this.options = options;
    this.bind = bind;
    this.data = data;
    this.progress = progress;
    this.onFatal = onFatal;
  }

  /**
   * Starts everything.
   *
   * @param cancelled asked between two steps whether to give up
   * @throws StartFailure if something does not start; what runs is stopped by {@link #close}
   */
  void start(BooleanSupplier cancelled) throws StartFailure {
    Infrastructure.stopOrphans(data);
    Ports ports = Ports.choose(options, bind);
    Listener listener = listener();
    Credentials credentials = Credentials.open(data.file("credentials.json"));
    Infrastructure infrastructure = new Infrastructure(data, listener, ports, credentials, onFatal);
    Plant plant = new Plant(data, options, listener, ports, credentials);
    Addresses addresses = new Addresses(listener, ports, options.simulated());
    addresses.noteIn(credentials);
    credentials.save();

    Future<?> postgres = launch(Part.POSTGRES, infrastructure::postgres);
    Future<?> kafka = launch(Part.KAFKA, infrastructure::kafka);
    if (options.simulated()) {
      await(launch(Part.SIMULATOR, plant::start));
    }
    Future<?> mqtt = launch(Part.MQTT, () -> infrastructure.mqtt(plant.gateways()));
    await(postgres);
    await(kafka);
    await(mqtt);
    refuseIf(cancelled);
    startServices(new ServiceSettings(data, listener, ports, credentials), plant, cancelled);
    addresses.write(data.file("addresses.json"));
    progress.say("Ready in %.1f s".formatted(progress.sinceBegin()));
    addresses.lines().forEach(progress::say);
    progress.say("  Credentials  " + credentials.file());
    if (listener.tls().isPresent() && options.simulated()) {
      progress.say("Modbus has no TLS: the simulated machines are there for this computer only.");
    }
    progress.say("Stop with Ctrl-C.");
  }

  private Listener listener() throws StartFailure {
    if (!bind.beyondLoopback()) {
      return Listener.plain(bind.text());
    }
    return Listener.secure(
        bind,
        PlantCertificates.provide(
            data.file("tls"), bind.names(), Instant.now(), new SecureRandom()));
  }

  private void startServices(ServiceSettings settings, Plant plant, BooleanSupplier cancelled)
      throws StartFailure {
    Map<ServiceKind, Map<String, String>> all = settings.all(plant.groups(), plant.edgeFile());
    Map<String, Map<String, String>> further = settings.furtherIngests();
    writeSettings(all, further);
    all.keySet().removeIf(service -> !options.services.contains(service.title()));
    // The first alone: it fills the caches that a class path has one of.
    Map<String, String> first = all.remove(ServiceKind.INGEST);
    if (first != null) {
      await(launch(Part.INGEST, () -> ServiceContext.start(ServiceKind.INGEST, first)));
      refuseIf(cancelled);
    }
    List<Future<?>> others = new ArrayList<>();
    if (first != null && !further.isEmpty()) {
      others.add(launch(Part.FURTHER_INGESTS, () -> startFurther(further)));
    }
    all.forEach(
        (service, properties) ->
            others.add(
                launch(
                    Part.valueOf(service.name()),
                    () -> ServiceContext.start(service, properties))));
    for (Future<?> other : others) {
      await(other);
    }
  }

  private static AutoCloseable startFurther(Map<String, Map<String, String>> instances)
      throws StartFailure {
    Deque<ServiceContext> started = new ArrayDeque<>();
    try {
      for (Map.Entry<String, Map<String, String>> instance : instances.entrySet()) {
        started.push(
            ServiceContext.start(ServiceKind.INGEST, instance.getKey(), instance.getValue()));
      }
      return () -> started.forEach(ServiceContext::close);
    } catch (StartFailure failed) {
      started.forEach(ServiceContext::close);
      throw failed;
    }
  }

  private void writeSettings(
      Map<ServiceKind, Map<String, String>> all, Map<String, Map<String, String>> further)
      throws StartFailure {
    try {
      Path directory = data.directory("config");
      for (Map.Entry<ServiceKind, Map<String, String>> service : all.entrySet()) {
        ServiceSettings.write(directory, service.getKey().title(), service.getValue());
      }
      for (Map.Entry<String, Map<String, String>> instance : further.entrySet()) {
        ServiceSettings.write(directory, instance.getKey(), instance.getValue());
      }
    } catch (IOException cannotWrite) {
      throw new StartFailure("Cannot write the services' settings: " + cannotWrite, cannotWrite);
    }
  }

  private Future<AutoCloseable> launch(Part part, Callable<? extends AutoCloseable> starter) {
    return threads.submit(
        () -> {
          long begin = System.nanoTime();
          AutoCloseable started = starter.call();
          synchronized (running) {
            running.put(part, started);
          }
          progress.up(part.title, System.nanoTime() - begin);
          return started;
        });
  }

  private static <T> T await(Future<T> step) throws StartFailure {
    try {
      return step.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof StartFailure failure) {
        throw failure;
      }
      log.error("unexpected while starting", failed.getCause());
      throw new StartFailure("Unexpected while starting: " + failed.getCause(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("Interrupted while starting", stopped);
    }
  }

  private static void refuseIf(BooleanSupplier cancelled) throws StartFailure {
    if (cancelled.getAsBoolean()) {
      throw new StartFailure("Stopped while starting.");
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    waitForSteps();
    Part[] parts = Part.values();
    for (int i = parts.length - 1; i >= 0; i--) {
      stop(parts[i]);
    }
    data.remove("addresses.json");
  }

  // A step that still starts something when another has failed must be over before it is stopped.
  private void waitForSteps() {
    try {
      if (!threads.awaitTermination(90, TimeUnit.SECONDS)) {
        log.warn("a part still starts after 90 s; the process ends without it");
      }
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Part part) {
    AutoCloseable started;
    synchronized (running) {
      started = running.remove(part);
    }
    if (started == null) {
      return;
    }
    long begin = System.nanoTime();
    try {
      started.close();
      log.info("{} stopped in {} ms", part.title, (System.nanoTime() - begin) / 1_000_000);
    } catch (Exception cannotStop) {
      // One part that does not stop well must not keep the others from it.
      log.warn("{} did not stop cleanly", part.title, cannotStop);
    }
  }
}
