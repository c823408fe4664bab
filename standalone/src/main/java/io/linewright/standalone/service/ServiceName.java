package io.linewright.standalone.service;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The word of the log pattern that names the service a line comes from. Every thread has the
 * service of the thread that started it, so that also the threads of libraries are told apart;
 * logback's own MDC is not inherited.
 */
public final class ServiceName extends ClassicConverter {

  private static final InheritableThreadLocal<String> NAME = new InheritableThreadLocal<>();

  /** The calling thread and those it starts from now on work for the service. */
  static void enter(String service) {
    NAME.set(service);
  }

  /** The calling thread works for none. */
  static void leave() {
    NAME.remove();
  }

  // Called in the thread that logs: the appenders are synchronous.
  @Override
  public String convert(ILoggingEvent event) {
    String name = NAME.get();
    return name == null ? "-" : name;
  }
}
