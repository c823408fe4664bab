/** How good the values of one tag on one day are: pure rules (ISO/IEC 25012 dimensions). */
@NullMarked
package io.linewright.ingest.quality;

import org.jspecify.annotations.NullMarked;
