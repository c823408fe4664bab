package io.linewright.system.plant;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One simulated plant for all tests that ask for a {@link PlantFixture} by a parameter: it starts
 * with the first of them and is stopped after the last.
 *
 * <p>It changes until a test calls {@link PlantFixture#rest}; that test has to be the last one, see
 * {@link org.junit.jupiter.api.Order} at the classes.
 */
public final class SharedPlant implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedPlant.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PlantFixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(PlantFixture.class, key -> start(), PlantFixture.class);
  }

  private static PlantFixture start() {
    try {
      return PlantFixture.start(List.of("--simulator-seed", "7", "--wait-for-gateway=240s"));
    } catch (IOException notReady) {
      throw new IllegalStateException(notReady);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
