/** An empty installation becomes what an archive of an export says. */
@NullMarked
package io.linewright.ingest.app.restore;

import org.jspecify.annotations.NullMarked;
