/** The directory and the SQLite file of the log: one owner, its schema, and what can be wrong. */
@NullMarked
package io.linewright.edge.app.log.file;

import org.jspecify.annotations.NullMarked;
