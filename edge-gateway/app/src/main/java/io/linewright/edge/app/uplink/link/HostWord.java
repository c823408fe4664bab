package io.linewright.edge.app.uplink.link;

import io.linewright.edge.app.sparkplug.StateMessage;

/** What a message to the node means for its session. */
public sealed interface HostWord {

  /** The primary host says whether it is there. */
  record State(StateMessage told) implements HostWord {}

  /** A host says how far it has the node's log. */
  record Confirmed(Confirmation told) implements HostWord {}

  /** A host wants births. */
  record BirthsWanted() implements HostWord {}

  /** It means nothing for the session. */
  record Nothing() implements HostWord {}
}
