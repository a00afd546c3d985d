package social.dunlin.federation.http;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The usual certificate authorities and those of a PEM file. */
final class Trust {
    private Trust() {
    }

    static TrustOptions usualAnd(Path pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate usual : trustManager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("usual-" + number++, usual);
            }
            try (InputStream input = Files.newInputStream(pem)) {
                for (Certificate extra : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
                    store.setCertificateEntry("extra-" + number++, extra);
                }
            }
            return TrustOptions.wrap(trustManager(store));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("cannot read certificates from " + pem, unreadable);
        }
    }

    private static X509TrustManager trustManager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
