package io.linewright.planted.core;

import org.springframework.util.StringUtils;

/** Planted: a core that knows a framework. */
class CoreWithSpring {
  boolean planted(String text) {
    return StringUtils.hasText(text);
  }
}
