package io.linewright.simulator.process;

import io.linewright.simulator.condition.Chance;
import io.linewright.simulator.condition.Sensor;
import io.linewright.simulator.condition.Signal;
import io.linewright.simulator.condition.Wear;
import io.linewright.simulator.plant.LoadSignals;
import io.linewright.simulator.plant.MachineDescription;
import io.linewright.simulator.plant.MachineType;
import io.linewright.simulator.plant.SensorDescription;
import io.linewright.simulator.tag.PlantTags;
import java.time.Duration;

/** A machine with everything that measures it. */
final class MachineCell {

  private static final double LEAVES_AT_ONCE_SECONDS = 20;
  private static final double ALARM_FACTOR = 2.6;
  private static final double ALL_CLEAR_FACTOR = 2.0;
  private static final double SMOOTHING = 0.05;

  private final MachineDescription description;
  private final Agenda agenda;
  private final Chance chance;
  private final MachineOutput output;
  private final Wear wear;
  private final Machine machine;
  private final Buffer behind;
  private double energy;

  MachineCell(
      MachineDescription description,
      Agenda agenda,
      Chance chance,
      MachineOutput output,
      Buffer before,
      Buffer behind) {
    this.description = description;
    this.agenda = agenda;
    this.chance = chance;
    this.output = output;
    this.behind = behind;
    this.wear = new Wear(description.type(), chance);
    this.machine = new Machine(description, agenda, chance, wear, output, before, behind);
    this.energy = chance.between(100, 9000);
  }

  void begin() {
    machine.begin();
    measurePower(0);
    repeat(PlantTags.POWER_INTERVAL, () -> measurePower(seconds(PlantTags.POWER_INTERVAL)));
    output.beat();
    repeat(PlantTags.HEARTBEAT_INTERVAL, output::beat);
    int place = PlantTags.basicNames().size();
    for (SensorDescription sensor : description.type().sensors()) {
      begin(sensor, place++);
    }
    if (description.type().signals().isPresent()) {
      LoadSignals signals = description.type().signals().get();
      for (int i = 0; i < signals.count(); i++) {
        begin(new Signal(chance), signals.interval(), place++);
      }
    }
  }

  void breakBegins() {
    agenda.after(chance.between(0, LEAVES_AT_ONCE_SECONDS), machine::breakBegins);
  }

  void breakEnds() {
    agenda.after(
        LEAVES_AT_ONCE_SECONDS + chance.between(0, LEAVES_AT_ONCE_SECONDS), machine::breakEnds);
  }

  MachineDescription description() {
    return description;
  }

  Machine machine() {
    return machine;
  }

  MachineOutput output() {
    return output;
  }

  Wear wear() {
    return wear;
  }

  /** The buffer behind the machine. */
  Buffer behind() {
    return behind;
  }

  private void begin(SensorDescription spec, int place) {
    var sensor = new Sensor(spec, wear, chance);
    Runnable measure =
        spec.kind() == SensorDescription.Kind.VIBRATION
            ? new WatchedVibration(sensor, spec.base(), place)
            : () -> output.number(place, sensor.measure(machine.activity(), agenda.seconds()));
    measure.run();
    repeat(spec.interval(), measure);
  }

  private void begin(Signal signal, Duration interval, int place) {
    Runnable change = () -> output.number(place, signal.next(agenda.seconds()));
    change.run();
    repeat(interval, change);
  }

  private void measurePower(double seconds) {
    MachineType type = description.type();
    double level =
        switch (machine.activity()) {
          case OFF -> type.idlePower() * 0.3;
          case WAITING -> type.idlePower();
          case WORKING -> type.runPower() * (1 + 0.12 * wear.tool());
        };
    double power = Math.max(0, level * (1 + chance.noise(0.02)));
    energy += power * seconds / 3600;
    output.power(power);
    output.energy(energy);
  }

  /** Repeats something for ever, beginning at a random moment of the first interval. */
  private void repeat(Duration interval, Runnable event) {
    long micros = interval.toNanos() / 1000;
    long first = agenda.now() + 1 + (long) (chance.share() * micros);
    agenda.at(first, new Repeating(first, micros, event));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private final class Repeating implements Runnable {
    private final long interval;
    private final Runnable event;
    private long due;

    Repeating(long first, long interval, Runnable event) {
      this.due = first;
      this.interval = interval;
      this.event = event;
    }

    @Override
    public void run() {
      event.run();
      due += interval;
      agenda.at(due, this);
    }
  }

  /** Measures vibration and watches its smoothed value against the machine's limit. */
  private final class WatchedVibration implements Runnable {
    private final Sensor sensor;
    private final double base;
    private final int place;
    private double smoothed;
    private boolean high;

    WatchedVibration(Sensor sensor, double base, int place) {
      this.sensor = sensor;
      this.base = base;
      this.place = place;
    }

    @Override
    public void run() {
      double value = sensor.measure(machine.activity(), agenda.seconds());
      output.number(place, value);
      smoothed += SMOOTHING * (value - smoothed);
      boolean nowHigh = smoothed > base * (high ? ALL_CLEAR_FACTOR : ALARM_FACTOR);
      if (nowHigh != high) {
        high = nowHigh;
        machine.shaking(high);
      }
    }
  }
}
