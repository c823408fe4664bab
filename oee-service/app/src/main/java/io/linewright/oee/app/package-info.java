/** The figures of the plant as a Spring Boot application: Kafka in, PostgreSQL, REST out. */
@NullMarked
package io.linewright.oee.app;

import org.jspecify.annotations.NullMarked;
