/** Tests of what people and planning systems say. */
@NullMarked
package io.linewright.oee.app.desk;

import org.jspecify.annotations.NullMarked;
