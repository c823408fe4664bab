package io.linewright.edge.app.opcua.session;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Policy Aes256_Sha256_RsaPss names its algorithms as Bouncy Castle does; Java's own providers know
 * them by other names only.
 */
final class Algorithms {

  /** Adds the provider behind Java's own, if it is not there. */
  static void provide() {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider());
    }
  }

  private Algorithms() {}
}
