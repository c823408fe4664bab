package io.linewright.mqtt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Salted hash of a password: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), 256 bits.
 *
 * @param iterations rounds, in [10,000, 2,000,000]
 * @param salt in [16, 64] bytes
 * @param hash 32 bytes
 */
public record PasswordHash(int iterations, byte[] salt, byte[] hash) {

  private static final String SCHEME = "pbkdf2-sha256";
  private static final int DEFAULT_ITERATIONS = 100_000;
  private static final int HASH_BYTES = 32;

  public PasswordHash {
    if (iterations < 10_000 || iterations > 2_000_000) {
      throw new IllegalArgumentException(
          "iterations " + iterations + " are outside [10000, 2000000]");
    }
    if (salt.length < 16 || salt.length > 64 || hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("salt must have 16 to 64 bytes and the hash 32");
    }
    salt = salt.clone();
    hash = hash.clone();
  }

  /** Hash of a password under a fresh salt. */
  public static PasswordHash of(String password, SecureRandom random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    return new PasswordHash(
        DEFAULT_ITERATIONS, salt, derive(password.toCharArray(), salt, DEFAULT_ITERATIONS));
  }

  /**
   * Reads {@code pbkdf2-sha256$iterations$salt$hash}, salt and hash in Base64.
   *
   * @throws IllegalArgumentException if the text is not of that form or a value is out of range
   */
  public static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalArgumentException(
          "a password hash has the form " + SCHEME + "$iterations$salt$hash");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new PasswordHash(
        Integer.parseInt(parts[1]), base64.decode(parts[2]), base64.decode(parts[3]));
  }

  /** Whether this is the hash of the password; takes the same time for every wrong one. */
  boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException("this JDK lacks PBKDF2WithHmacSHA256", everyJdkHasIt);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public byte[] salt() {
    return salt.clone();
  }

  @Override
  public byte[] hash() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && iterations == that.iterations
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        "$",
        SCHEME,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }
}
