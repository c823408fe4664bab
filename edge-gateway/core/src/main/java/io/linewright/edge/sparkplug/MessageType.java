package io.linewright.edge.sparkplug;

/** Message types of Sparkplug B 3.0, chapter 4. */
public enum MessageType {
  NBIRTH,
  NDEATH,
  DBIRTH,
  DDEATH,
  NDATA,
  DDATA,
  NCMD,
  DCMD;

  /** Whether the topic has a device level. */
  public boolean ofDevice() {
    return name().charAt(0) == 'D';
  }
}
