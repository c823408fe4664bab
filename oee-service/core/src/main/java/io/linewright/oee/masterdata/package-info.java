/**
 * Master data: what people say of the plant that no machine does. A document, YAML or CSV, has
 * items of kinds; each has versions. The format is in {@code docs/master-data.md}.
 */
@NullMarked
package io.linewright.oee.masterdata;

import org.jspecify.annotations.NullMarked;
