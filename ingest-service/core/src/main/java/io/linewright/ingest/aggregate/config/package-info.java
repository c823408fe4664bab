/** How aggregates are configured, and the status codes that they speak (OPC UA part 13). */
@NullMarked
package io.linewright.ingest.aggregate.config;

import org.jspecify.annotations.NullMarked;
