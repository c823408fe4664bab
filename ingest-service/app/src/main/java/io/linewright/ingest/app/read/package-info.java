/** Reading samples and last values, once and live. */
@NullMarked
package io.linewright.ingest.app.read;

import org.jspecify.annotations.NullMarked;
