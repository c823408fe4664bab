/** What a gateway tells of itself: its connections, its devices, its own process, its canary. */
@NullMarked
package io.linewright.edge.health;

import org.jspecify.annotations.NullMarked;
