/** What all answers of values over time share: parameters, forms, times, status in words. */
@NullMarked
package io.linewright.ingest.app.answer;

import org.jspecify.annotations.NullMarked;
