@NullMarked
package io.linewright.edge.config;

import org.jspecify.annotations.NullMarked;
