package io.linewright.planted.cycle.here;

import io.linewright.planted.cycle.there.There;

/** Breaks a rule on purpose: the packages need each other. */
public record Here(java.util.List<There> others) {}
