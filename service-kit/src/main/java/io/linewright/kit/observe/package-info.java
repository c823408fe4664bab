/** Books of the stages and the time from source to stored. */
@NullMarked
package io.linewright.kit.observe;

import org.jspecify.annotations.NullMarked;
