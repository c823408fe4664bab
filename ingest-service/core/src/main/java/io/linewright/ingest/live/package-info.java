/** What a live stream shows, what it leaves out, and where it goes on after a break. */
@NullMarked
package io.linewright.ingest.live;

import org.jspecify.annotations.NullMarked;
