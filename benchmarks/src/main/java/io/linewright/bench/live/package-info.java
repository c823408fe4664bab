/** What live streams cost the historian. */
@NullMarked
package io.linewright.bench.live;

import org.jspecify.annotations.NullMarked;
