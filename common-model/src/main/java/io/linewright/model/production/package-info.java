/** What is told of production: master data, orders, figures. */
@NullMarked
package io.linewright.model.production;

import org.jspecify.annotations.NullMarked;
