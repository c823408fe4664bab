package io.linewright.edge.health;

/**
 * How it stands with the gateway file.
 *
 * @param hash tells contents apart: first 12 digits of the SHA-256 of the content in force
 * @param taken changes taken over since the gateway started
 * @param refused changes refused since the gateway started
 * @param error what is wrong with the content that was refused last; empty if the content of the
 *     file is in force
 */
public record FileFigures(String hash, long taken, long refused, String error) {}
