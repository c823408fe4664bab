/** Where the canaries of gateways and bridges are kept. */
@NullMarked
package io.linewright.ingest.app.canary;

import org.jspecify.annotations.NullMarked;
