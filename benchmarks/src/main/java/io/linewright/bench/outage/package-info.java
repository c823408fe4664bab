/** {@code bench outage}: a long cut of the uplink, and what becomes of the values meanwhile. */
@NullMarked
package io.linewright.bench.outage;

import org.jspecify.annotations.NullMarked;
