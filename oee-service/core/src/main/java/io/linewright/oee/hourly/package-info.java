/** What was to be made in each hour, and what was. */
@NullMarked
package io.linewright.oee.hourly;

import org.jspecify.annotations.NullMarked;
