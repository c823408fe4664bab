/** PostgreSQL as a child process, durable and with a login per service. */
@NullMarked
package io.linewright.standalone.postgres;

import org.jspecify.annotations.NullMarked;
