/** What all our YAML files have in common. */
@NullMarked
package io.linewright.edge.app.yaml;

import org.jspecify.annotations.NullMarked;
