/** The record of denied access, logins and changes. */
@NullMarked
package io.linewright.gateway.app.audit;

import org.jspecify.annotations.NullMarked;
