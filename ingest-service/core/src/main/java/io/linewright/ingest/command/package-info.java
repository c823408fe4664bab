/** Commands to machines: what may be asked for, and how far one has come. */
@NullMarked
package io.linewright.ingest.command;

import org.jspecify.annotations.NullMarked;
