/** The events of each machine, each once. */
@NullMarked
package io.linewright.oee.app.log;

import org.jspecify.annotations.NullMarked;
