package io.linewright.model.sample;

/** Severity of an OPC UA status code, best first. */
public enum Severity {
  GOOD,
  UNCERTAIN,
  BAD
}
