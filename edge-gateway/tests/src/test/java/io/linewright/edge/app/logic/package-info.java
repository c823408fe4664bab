/** Tests of what becomes of values between the drivers and the log. */
@org.jspecify.annotations.NullMarked
package io.linewright.edge.app.logic;
