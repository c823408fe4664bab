/** What was told of shifts that are over, and when it has to be told anew. */
@NullMarked
package io.linewright.oee.version;

import org.jspecify.annotations.NullMarked;
