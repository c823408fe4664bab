/** Tests of commands on disk and towards drivers. */
@NullMarked
package io.linewright.edge.app.command;

import org.jspecify.annotations.NullMarked;
