/** Sparkplug B 3.0 as pure values and folds; bytes and sockets live in the application. */
@NullMarked
package io.linewright.edge.sparkplug;

import org.jspecify.annotations.NullMarked;
