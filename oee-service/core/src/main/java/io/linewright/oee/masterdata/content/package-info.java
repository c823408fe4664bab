/** What the items of master data say, kind by kind. */
@NullMarked
package io.linewright.oee.masterdata.content;

import org.jspecify.annotations.NullMarked;
