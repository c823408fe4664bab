/** Why machines stand still: the tree of reasons, and what machines signal of them. */
@NullMarked
package io.linewright.oee.reason;

import org.jspecify.annotations.NullMarked;
