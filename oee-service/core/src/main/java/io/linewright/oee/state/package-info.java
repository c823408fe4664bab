/** What machines mean by the states they tell, when these are known, and how long they lasted. */
@NullMarked
package io.linewright.oee.state;

import org.jspecify.annotations.NullMarked;
