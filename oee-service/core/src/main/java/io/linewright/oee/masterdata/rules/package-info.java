/** What master data say of a machine, field by field, and how it is handed down. */
@NullMarked
package io.linewright.oee.masterdata.rules;

import org.jspecify.annotations.NullMarked;
