/** Values that are known to be lost, as gateways and bridges told. */
@NullMarked
package io.linewright.ingest.app.loss;

import org.jspecify.annotations.NullMarked;
