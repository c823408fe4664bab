/** What people and planning systems say of machines' time, as it is kept. */
@NullMarked
package io.linewright.oee.app.word;

import org.jspecify.annotations.NullMarked;
