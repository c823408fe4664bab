/** Equipment and tags: learnt from announcements and from the values themselves. */
@NullMarked
package io.linewright.ingest.app.registry;

import org.jspecify.annotations.NullMarked;
