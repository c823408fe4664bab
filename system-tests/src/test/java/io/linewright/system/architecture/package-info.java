/** The rules of the house over all modules. */
@NullMarked
package io.linewright.system.architecture;

import org.jspecify.annotations.NullMarked;
