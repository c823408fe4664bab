/** What the time of a machine was, instant by instant. */
@NullMarked
package io.linewright.oee.app.slice;

import org.jspecify.annotations.NullMarked;
