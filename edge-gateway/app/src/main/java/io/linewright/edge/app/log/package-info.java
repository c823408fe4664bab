/** The durable log on disk (SQLite): every value is in it before it leaves the gateway. */
@NullMarked
package io.linewright.edge.app.log;

import org.jspecify.annotations.NullMarked;
