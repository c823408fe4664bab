package io.linewright.simulator.process;

import io.linewright.model.machine.MachineState;
import io.linewright.model.sample.SampleValue;
import io.linewright.simulator.plant.StopCause;

/** A machine's tags, by meaning; knows their places among the plant's tags. */
final class MachineOutput {

  private static final int HEARTBEAT_WRAP = 65_536;
  private static final double MILLI = 1000;

  private final TagValues values;
  private final int first;
  private final boolean modbus;
  private long good;
  private long reject;
  private int heartbeat;

  /**
   * @param first index of the machine's first tag
   * @param modbus whether it speaks Modbus: causes are numbers then, and doubles have 32 bits
   */
  MachineOutput(TagValues values, int first, boolean modbus) {
    this.values = values;
    this.first = first;
    this.modbus = modbus;
  }

  void state(MachineState state) {
    set(0, SampleValue.of((long) state.number()));
  }

  void reason(StopCause cause) {
    set(1, modbus ? SampleValue.of((long) cause.code()) : SampleValue.of(cause.reason()));
  }

  void alarm(boolean active) {
    set(2, SampleValue.of(active));
  }

  void countGood() {
    set(3, SampleValue.of(++good));
  }

  void countReject() {
    set(4, SampleValue.of(++reject));
  }

  void zeroCounts() {
    set(3, SampleValue.of(good));
    set(4, SampleValue.of(reject));
  }

  void cycleTime(double seconds) {
    number(5, rounded(seconds));
  }

  void power(double kilowatts) {
    number(6, rounded(kilowatts));
  }

  void energy(double kilowattHours) {
    number(7, rounded(kilowattHours));
  }

  void beat() {
    heartbeat = (heartbeat + 1) % HEARTBEAT_WRAP;
    set(8, SampleValue.of((long) heartbeat));
  }

  /** Sets a sensor or signal; their places follow those of the basic tags. */
  void number(int place, double value) {
    set(place, SampleValue.of(modbus ? (float) value : value));
  }

  long good() {
    return good;
  }

  long reject() {
    return reject;
  }

  private void set(int place, SampleValue value) {
    values.set(first + place, value);
  }

  private static double rounded(double value) {
    return Math.rint(value * MILLI) / MILLI;
  }
}
