/** One OpenAPI document for everything behind the gateway. */
@NullMarked
package io.linewright.gateway.app.openapi;

import org.jspecify.annotations.NullMarked;
