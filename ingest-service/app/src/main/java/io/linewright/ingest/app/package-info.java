/** The historian as a Spring Boot application: Kafka in, PostgreSQL, REST out. */
@NullMarked
package io.linewright.ingest.app;

import org.jspecify.annotations.NullMarked;
