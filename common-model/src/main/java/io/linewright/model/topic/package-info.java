/** The catalogue of Kafka topics from which topics are created and documentation is generated. */
@NullMarked
package io.linewright.model.topic;

import org.jspecify.annotations.NullMarked;
