/** What makes ports safe beyond the loopback address: the address, its certificate, its files. */
@NullMarked
package io.linewright.standalone.tls;

import org.jspecify.annotations.NullMarked;
