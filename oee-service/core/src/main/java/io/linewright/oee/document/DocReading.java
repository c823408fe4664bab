package io.linewright.oee.document;

/** What became of bytes, or of parsed JSON, that somebody sent as a document. */
public sealed interface DocReading {

  /**
   * It is a document.
   *
   * @param root its outermost element
   */
  record Whole(DocNode root) implements DocReading {}

  /**
   * It is none, or larger than is taken.
   *
   * @param fault the first thing that is wrong
   */
  record Broken(DocFault fault) implements DocReading {}
}
