/** Live streams by Server-Sent Events: each client at its own pace, none in anybody's way. */
@NullMarked
package io.linewright.ingest.app.live;

import org.jspecify.annotations.NullMarked;
