package io.linewright.ingest.imports;

/**
 * How a telemetry batch says that it comes from an import. Its node is the import's id; its source
 * times were judged against the period that the import declares, so their age says nothing.
 */
public final class ImportMark {

  /** Group of such batches; no Sparkplug group has a {@code #}. */
  public static final String GROUP = "#import";

  private ImportMark() {}

  /** Whether a batch of that group comes from an import. */
  public static boolean isOn(String group) {
    return group.equals(GROUP);
  }
}
