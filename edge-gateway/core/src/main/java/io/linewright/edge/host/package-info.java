/** The host application's side of Sparkplug as a fold: frames in, facts out. */
@NullMarked
package io.linewright.edge.host;

import org.jspecify.annotations.NullMarked;
