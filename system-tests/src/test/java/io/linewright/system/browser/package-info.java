/** The page as an operator sees it, in a real Chromium. */
@NullMarked
package io.linewright.system.browser;

import org.jspecify.annotations.NullMarked;
