/** The master data that hold, as the engine and its readers ask for them. */
@NullMarked
package io.linewright.oee.masterdata.book;

import org.jspecify.annotations.NullMarked;
