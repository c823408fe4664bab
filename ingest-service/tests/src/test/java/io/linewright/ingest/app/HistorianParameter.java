package io.linewright.ingest.app;

import io.linewright.testkit.infrastructure.Servers;
import io.linewright.testkit.infrastructure.TestServers;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link SharedHistorian} as parameter. */
public final class HistorianParameter implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(HistorianParameter.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SharedHistorian.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Servers servers = TestServers.of(context);
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            SharedHistorian.class,
            ignored -> SharedHistorian.start(servers.postgres()),
            SharedHistorian.class);
  }
}
