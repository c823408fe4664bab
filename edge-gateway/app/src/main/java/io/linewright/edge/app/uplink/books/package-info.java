/** What has gone through, and the tags under which the gateway tells it. */
@NullMarked
package io.linewright.edge.app.uplink.books;

import org.jspecify.annotations.NullMarked;
