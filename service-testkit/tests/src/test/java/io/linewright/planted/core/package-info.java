/** Violations of the house rules, planted to prove the rules. */
@NullMarked
package io.linewright.planted.core;

import org.jspecify.annotations.NullMarked;
