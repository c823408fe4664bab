/**
 * Machines, their addresses, places, devices and tracks: learnt from announcements and from the
 * events themselves.
 */
@NullMarked
package io.linewright.oee.app.registry;

import org.jspecify.annotations.NullMarked;
