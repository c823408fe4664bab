/** What the historian tells of equipment, tags and the quality of their values. */
@NullMarked
package io.linewright.model.historian;

import org.jspecify.annotations.NullMarked;
