package io.linewright.gateway.app.identity;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Lets only a few hashes be computed at a time. One bcrypt takes some 50 to 100 ms of a processor;
 * without the bound a burst of logins would take the processors away from everything else.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

  private static final long PATIENCE_SECONDS = 5;

  private final PasswordEncoder encoder;
  private final Semaphore permits;

  BoundedPasswordEncoder(PasswordEncoder encoder, int atOnce) {
    this.encoder = encoder;
    this.permits = new Semaphore(atOnce);
  }

  @Override
  public @Nullable String encode(@Nullable CharSequence raw) {
    return encoder.encode(raw);
  }

  @Override
  public boolean matches(@Nullable CharSequence raw, @Nullable String encoded) {
    acquire();
    try {
      return encoder.matches(raw, encoded);
    } finally {
      permits.release();
    }
  }

  @Override
  public boolean upgradeEncoding(@Nullable String encoded) {
    return encoder.upgradeEncoding(encoded);
  }

  private void acquire() {
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AuthenticationServiceException("too many logins at once; try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuthenticationServiceException("interrupted while waiting to check a password", e);
    }
  }
}
