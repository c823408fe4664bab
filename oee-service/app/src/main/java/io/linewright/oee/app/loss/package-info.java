/** Values that are known to be lost. */
@NullMarked
package io.linewright.oee.app.loss;

import org.jspecify.annotations.NullMarked;
