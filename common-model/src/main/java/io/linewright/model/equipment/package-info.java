/** Identities of the plant: equipment after ISA-95, tags, and their addresses on Sparkplug. */
@NullMarked
package io.linewright.model.equipment;

import org.jspecify.annotations.NullMarked;
