package io.linewright.simulator.opcua;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateStore;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;

/** The server's certificates. */
final class Certificates {

  private Certificates() {}

  /**
   * Certificates of a server that lets every client certificate in. This is a test plant: who may
   * read is decided by user name and password alone.
   */
  static CertificateManager trustingEveryClient(ServerIdentity identity) {
    X509Certificate[] chain = {identity.certificate()};
    var store = new MemoryCertificateStore();
    var factory =
        new RsaSha256CertificateFactory() {
          @Override
          protected KeyPair createRsaSha256KeyPair() {
            return identity.keyPair();
          }

          @Override
          protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) {
            return chain.clone();
          }
        };
    try {
      store.set(
          NodeIds.RsaSha256ApplicationCertificateType,
          new CertificateStore.Entry(identity.keyPair().getPrivate(), chain));
      DefaultApplicationGroup group =
          DefaultApplicationGroup.createAndInitialize(
              new MemoryTrustListManager(),
              store,
              factory,
              (certificates, applicationUri, hostNames) -> {});
      return new DefaultCertificateManager(new MemoryCertificateQuarantine(), group);
    } catch (Exception e) {
      throw new IllegalStateException("the server's certificate cannot be used", e);
    }
  }
}
