/**
 * What a tag truly had: raw samples as they came, and what people have said about them since. Terms
 * after OPC UA part 11: insert, replace, delete of values and ranges; raw values stay as they are.
 */
@NullMarked
package io.linewright.ingest.truth;

import org.jspecify.annotations.NullMarked;
