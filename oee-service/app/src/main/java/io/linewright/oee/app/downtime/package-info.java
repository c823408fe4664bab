/** Stops: asked for, and explained by people. */
@NullMarked
package io.linewright.oee.app.downtime;

import org.jspecify.annotations.NullMarked;
