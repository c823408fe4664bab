/** What machines did, as answers need it: from one snapshot of the log, master data and words. */
@NullMarked
package io.linewright.oee.app.read;

import org.jspecify.annotations.NullMarked;
