/** Creation of the topics of the catalogue. */
@NullMarked
package io.linewright.kit.topic;

import org.jspecify.annotations.NullMarked;
