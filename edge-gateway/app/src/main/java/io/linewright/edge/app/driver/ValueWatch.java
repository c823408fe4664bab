package io.linewright.edge.app.driver;

import io.linewright.edge.sampling.SampleSink;

/** Looks at every value as the drivers hand it on, before anything is made of it. */
@FunctionalInterface
public interface ValueWatch {

  /** Nobody looks. */
  ValueWatch NONE = sink -> sink;

  /** The sink, with a look at what it takes. */
  SampleSink watching(SampleSink sink);
}
