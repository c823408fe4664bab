/** Commands to machines: who may ask for what, and how far each has come. */
@NullMarked
package io.linewright.ingest.app.command;

import org.jspecify.annotations.NullMarked;
