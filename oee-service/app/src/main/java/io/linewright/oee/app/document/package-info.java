/** Documents of master data as YAML and JSON. */
@NullMarked
package io.linewright.oee.app.document;

import org.jspecify.annotations.NullMarked;
