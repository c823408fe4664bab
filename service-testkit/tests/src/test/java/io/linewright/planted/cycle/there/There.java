package io.linewright.planted.cycle.there;

import io.linewright.planted.cycle.here.Here;

/** Breaks a rule on purpose: the packages need each other. */
public record There(java.util.List<Here> others) {}
