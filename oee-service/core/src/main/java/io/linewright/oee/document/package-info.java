/** Documents of planning systems as trees, whatever their syntax. */
@NullMarked
package io.linewright.oee.document;

import org.jspecify.annotations.NullMarked;
