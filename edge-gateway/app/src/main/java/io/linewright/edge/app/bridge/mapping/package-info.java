/** The file that maps ids of foreign Sparkplug nodes to equipment. */
@NullMarked
package io.linewright.edge.app.bridge.mapping;

import org.jspecify.annotations.NullMarked;
