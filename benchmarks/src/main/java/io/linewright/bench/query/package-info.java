/** How fast the historian answers from a full table while it stores. */
@NullMarked
package io.linewright.bench.query;

import org.jspecify.annotations.NullMarked;
