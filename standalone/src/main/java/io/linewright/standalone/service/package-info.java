/** The Spring services as sibling contexts on one class path. */
@NullMarked
package io.linewright.standalone.service;

import org.jspecify.annotations.NullMarked;
