/** What every service has to do alike. */
@NullMarked
package io.linewright.testkit.contract;

import org.jspecify.annotations.NullMarked;
