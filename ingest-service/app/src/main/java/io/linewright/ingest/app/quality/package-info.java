/** Data quality per tag and day: judged each night, asked for over REST. */
@NullMarked
package io.linewright.ingest.app.quality;

import org.jspecify.annotations.NullMarked;
