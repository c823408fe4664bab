/** Auto-configuration of the kit: present on the class path, it is at work. */
@NullMarked
package io.linewright.kit.autoconfigure;

import org.jspecify.annotations.NullMarked;
