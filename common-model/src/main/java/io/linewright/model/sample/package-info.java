/** Values of tags with quality, time and order. */
@NullMarked
package io.linewright.model.sample;

import org.jspecify.annotations.NullMarked;
