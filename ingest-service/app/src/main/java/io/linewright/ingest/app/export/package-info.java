/** Everything that the historian knows as one archive, and checksums of it. */
@NullMarked
package io.linewright.ingest.app.export;

import org.jspecify.annotations.NullMarked;
