/** The few statements in which plain PostgreSQL and TimescaleDB differ. */
@NullMarked
package io.linewright.kit.timeseries;

import org.jspecify.annotations.NullMarked;
