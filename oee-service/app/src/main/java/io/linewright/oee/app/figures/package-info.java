/** The figures of machines, lines, areas and sites: KPIs, losses, what machines do now. */
@NullMarked
package io.linewright.oee.app.figures;

import org.jspecify.annotations.NullMarked;
