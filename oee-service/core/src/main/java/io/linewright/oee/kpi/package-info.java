/** The key performance indicators of ISO 22400-2:2014, computed from elements. */
@NullMarked
package io.linewright.oee.kpi;

import org.jspecify.annotations.NullMarked;
