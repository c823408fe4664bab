/** Violations of the house rules in an application, planted to prove the rules. */
@NullMarked
package io.linewright.planted.core.app;

import org.jspecify.annotations.NullMarked;
