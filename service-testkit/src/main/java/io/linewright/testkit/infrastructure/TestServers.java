package io.linewright.testkit.infrastructure;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestKafka}, {@link TestPostgres} or {@link TestMqtt} as parameter. Each is
 * started at most once per run, when first asked for, and stopped at the end: use names of topics,
 * databases and clients of your own. A test that stops or restarts a server starts its own.
 */
public final class TestServers implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TestServers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == TestKafka.class || type == TestPostgres.class || type == TestMqtt.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == TestKafka.class) {
      return shared(context, TestKafka.class, TestKafka::start);
    }
    return type == TestPostgres.class
        ? shared(context, TestPostgres.class, TestPostgres::start)
        : shared(context, TestMqtt.class, TestMqtt::start);
  }

  /** JUnit closes values of the root store that are {@link AutoCloseable} at the end of the run. */
  private static <T extends AutoCloseable> T shared(
      ExtensionContext context, Class<T> type, Supplier<T> start) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(type, ignored -> start.get(), type);
  }
}
