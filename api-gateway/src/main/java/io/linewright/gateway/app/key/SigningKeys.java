package io.linewright.gateway.app.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys in force, the newest first: the newest signs, all verify. A key that has been followed
 * stays until its last token has expired.
 */
public final class SigningKeys implements JWKSource<SecurityContext> {

  private final JWKSet keys;

  SigningKeys(List<RSAKey> newestFirst) {
    if (newestFirst.isEmpty()) {
      throw new IllegalArgumentException("there is no signing key");
    }
    this.keys = new JWKSet(List.<JWK>copyOf(newestFirst));
  }

  /** Ids of the keys, the newest first. */
  public List<String> ids() {
    return keys.getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    return selector.select(keys);
  }
}
