/** The form of documents of master data: nodes with lines, fields, single values, faults. */
@NullMarked
package io.linewright.oee.masterdata.form;

import org.jspecify.annotations.NullMarked;
