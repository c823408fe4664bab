/** Documents that others rely on must say what the code does. */
@NullMarked
package io.linewright.system.contract;

import org.jspecify.annotations.NullMarked;
