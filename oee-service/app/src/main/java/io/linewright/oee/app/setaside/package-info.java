/** What could not be stored. */
@NullMarked
package io.linewright.oee.app.setaside;

import org.jspecify.annotations.NullMarked;
