/** Master data: kept, changed by documents and one by one, told, and read as a book. */
@NullMarked
package io.linewright.oee.app.master;

import org.jspecify.annotations.NullMarked;
