/** Results that are kept: what machines did in stretches of their time. */
@NullMarked
package io.linewright.oee.app.cell;

import org.jspecify.annotations.NullMarked;
