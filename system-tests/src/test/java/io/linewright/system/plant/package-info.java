/** The whole plant on one class path, started and asked as a user would. */
@NullMarked
package io.linewright.system.plant;

import org.jspecify.annotations.NullMarked;
