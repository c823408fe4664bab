/** Signing keys of the tokens: kept encrypted in the database, rotated by adding. */
@NullMarked
package io.linewright.gateway.app.key;

import org.jspecify.annotations.NullMarked;
