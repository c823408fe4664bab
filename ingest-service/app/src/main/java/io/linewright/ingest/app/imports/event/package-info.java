/** Machine events of imports on their way through Kafka: sent, found again, read by others. */
@NullMarked
package io.linewright.ingest.app.imports.event;

import org.jspecify.annotations.NullMarked;
