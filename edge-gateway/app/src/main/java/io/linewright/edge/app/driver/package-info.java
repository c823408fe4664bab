/**
 * What every protocol shares: the driver interface, supervision, tags with their quality, books.
 */
@NullMarked
package io.linewright.edge.app.driver;

import org.jspecify.annotations.NullMarked;
