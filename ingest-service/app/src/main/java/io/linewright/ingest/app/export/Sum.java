package io.linewright.ingest.app.export;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of what passes through its streams. */
public final class Sum {

  private final MessageDigest digest;

  /** The sum of nothing yet. */
  public Sum() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  /** A stream that adds what is written to it, and writes it on. */
  public OutputStream of(OutputStream out) {
    return new DigestOutputStream(out, digest);
  }

  /** The sum, hexadecimal; begins anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
