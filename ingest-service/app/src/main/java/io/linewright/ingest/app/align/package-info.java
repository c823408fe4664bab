/** Values of tags at instants and side by side over REST. */
@NullMarked
package io.linewright.ingest.app.align;

import org.jspecify.annotations.NullMarked;
