/** Annotations: what people write beside the values of a tag or the time of equipment. */
@NullMarked
package io.linewright.ingest.app.annotation;

import org.jspecify.annotations.NullMarked;
