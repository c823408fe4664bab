@NullMarked
package io.linewright.edge.app.config;

import org.jspecify.annotations.NullMarked;
