package io.linewright.standalone.data;

/**
 * A name with its password.
 *
 * @param username name
 * @param password generated; never empty
 */
public record Login(String username, String password) {

  @Override
  public String toString() {
    return username + ":***";
  }
}
