/** What is to be made, how fast ideally, and what was in force on a machine at each instant. */
@NullMarked
package io.linewright.oee.order;

import org.jspecify.annotations.NullMarked;
