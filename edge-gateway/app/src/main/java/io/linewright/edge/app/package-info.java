/** The edge gateway as a program: chooses its role and wires it. */
@NullMarked
package io.linewright.edge.app;

import org.jspecify.annotations.NullMarked;
