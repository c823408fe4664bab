package io.linewright.testkit.infrastructure;

import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link TestKafka}, {@link TestPostgres} or {@link TestMqtt} as parameter, or all of
 * them as {@link Servers}. Each is started at most once per run, when first asked for, and stopped
 * at the end: use names of topics, databases and clients of your own. A test that stops or restarts
 * a server, or fills it with more than others can read in passing, starts its own.
 *
 * <p>Services on the shared Kafka keep the instance name that they have by default. Kafka keeps the
 * place of a member that has ended until its session is over, 10 s: the next service of that name
 * takes it over at once, one of another name waits for all who were there before. A test of several
 * instances starts a Kafka of its own.
 */
public final class TestServers implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TestServers.class);

  private static final Set<Class<?>> TYPES =
      Set.of(TestKafka.class, TestPostgres.class, TestMqtt.class, Servers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    Servers servers = of(context);
    if (type == TestKafka.class) {
      return servers.kafka();
    }
    if (type == TestPostgres.class) {
      return servers.postgres();
    }
    return type == TestMqtt.class ? servers.mqtt() : servers;
  }

  /** The servers of a run, for extensions that need them. */
  public static Servers of(ExtensionContext context) {
    return new Servers(
        () -> shared(context, TestKafka.class, TestKafka::start),
        () -> shared(context, TestPostgres.class, TestPostgres::start),
        () -> shared(context, TestMqtt.class, TestMqtt::start));
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
