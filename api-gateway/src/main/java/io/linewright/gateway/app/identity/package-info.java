/** People, programs, their roles and the authorization server that issues their tokens. */
@NullMarked
package io.linewright.gateway.app.identity;

import org.jspecify.annotations.NullMarked;
