package io.linewright.testkit.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * The settings of our own that a running service takes, with the defaults that hold when nobody
 * says otherwise: those of its settings records, replaced by those of its own configuration file
 * and of the kit.
 */
final class ConfigurationKeys {

  private static final String OURS = "linewright.";

  private final List<EnumerablePropertySource<?>> files = new ArrayList<>();
  private final SortedMap<String, String> found = new TreeMap<>();

  private ConfigurationKeys(ConfigurableApplicationContext context) {
    context.getEnvironment().getPropertySources().stream()
        .filter(source -> source.getName().startsWith("Config resource 'class path resource"))
        .forEach(source -> files.add((EnumerablePropertySource<?>) source));
    context.getEnvironment().getPropertySources().stream()
        .filter(source -> source.getName().equals("linewright-defaults"))
        .forEach(source -> files.add((EnumerablePropertySource<?>) source));
  }

  /** One line per key, {@code key=default}, in order; without default: {@code key=}. */
  static String of(ConfigurableApplicationContext context) {
    ConfigurationKeys keys = new ConfigurationKeys(context);
    for (ConfigurationPropertiesBean bean : ConfigurationPropertiesBean.getAll(context).values()) {
      String prefix = bean.getAnnotation().prefix();
      if (prefix.startsWith(OURS)) {
        keys.addRecord(prefix, bean.asBindTarget().getType().toClass());
      }
    }
    keys.addFiles();
    StringBuilder text = new StringBuilder();
    keys.found.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
    return text.toString();
  }

  private void addRecord(String prefix, Class<?> type) {
    if (!type.isRecord()) {
      throw new AssertionError(type.getName() + " holds settings and is no record");
    }
    for (Parameter parameter : canonical(type).getParameters()) {
      Name name = parameter.getAnnotation(Name.class);
      String key = prefix + "." + (name == null ? dashed(parameter.getName()) : name.value());
      Class<?> element = element(parameter.getParameterizedType());
      if (parameter.getType().isRecord()) {
        addRecord(key, parameter.getType());
      } else if (element.isRecord()) {
        addRecord(key + "[*]", element);
      } else {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        found.put(key, value == null ? "" : String.join(",", value.value()));
      }
    }
  }

  /** The constructor that settings are bound by; defaults stand at its parameters. */
  private static Constructor<?> canonical(Class<?> type) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** What a file says of a key replaces what the record says; the first file wins. */
  private void addFiles() {
    for (EnumerablePropertySource<?> file : files.reversed()) {
      for (String key : file.getPropertyNames()) {
        if (key.startsWith(OURS)) {
          found.put(key, String.valueOf(file.getProperty(key)));
        }
      }
    }
  }

  private static Class<?> element(Type type) {
    return type instanceof ParameterizedType list
            && list.getRawType().equals(List.class)
            && list.getActualTypeArguments()[0] instanceof Class<?> element
        ? element
        : Object.class;
  }

  private static String dashed(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
