/** Role {@code bridge}: Sparkplug host application that carries MQTT onto Kafka and confirms. */
@NullMarked
package io.linewright.edge.app.bridge;

import org.jspecify.annotations.NullMarked;
