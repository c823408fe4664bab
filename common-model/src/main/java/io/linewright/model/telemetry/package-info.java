/** Batches of samples and their Protobuf form. */
@NullMarked
package io.linewright.model.telemetry;

import org.jspecify.annotations.NullMarked;
