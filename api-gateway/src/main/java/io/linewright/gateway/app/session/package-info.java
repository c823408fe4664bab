/** Login of people, their session, and who may ask for what. */
@NullMarked
package io.linewright.gateway.app.session;

import org.jspecify.annotations.NullMarked;
