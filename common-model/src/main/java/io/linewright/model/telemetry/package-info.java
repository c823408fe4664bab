/** Batches and streams of samples and their Protobuf forms. */
@NullMarked
package io.linewright.model.telemetry;

import org.jspecify.annotations.NullMarked;
