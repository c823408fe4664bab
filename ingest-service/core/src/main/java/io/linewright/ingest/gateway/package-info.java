/**
 * How gateways are, from what they publish of themselves, and whether values still come through.
 */
@NullMarked
package io.linewright.ingest.gateway;

import org.jspecify.annotations.NullMarked;
