/** Rules of the house, each of which a planted violation has made fail. */
@NullMarked
package io.linewright.testkit.architecture;

import org.jspecify.annotations.NullMarked;
