/** The machine events that rows of an import stand for. */
@NullMarked
package io.linewright.ingest.imports.event;

import org.jspecify.annotations.NullMarked;
