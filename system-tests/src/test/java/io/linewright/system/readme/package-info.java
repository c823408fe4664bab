/** What the README says, done. */
@NullMarked
package io.linewright.system.readme;

import org.jspecify.annotations.NullMarked;
