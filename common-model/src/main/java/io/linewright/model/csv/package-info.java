/** CSV after RFC 4180, record by record. */
@NullMarked
package io.linewright.model.csv;

import org.jspecify.annotations.NullMarked;
