/** What a minute, an hour and a day of a tag amount to, and which of them are out of date. */
@NullMarked
package io.linewright.ingest.rollup;

import org.jspecify.annotations.NullMarked;
