package social.dunlin.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority for one test run, made with the JDK's keytool: test servers speak real HTTPS. */
final class TestAuthority {
    static final String PASSWORD = "test-only";
    private static final Path FOLDER = Path.of("target", "test-authority").toAbsolutePath();
    /** As Java starts soonest. */
    private static final List<String> QUICK = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");
    private static TestAuthority instance;

    private final Path authority = FOLDER.resolve("authority.p12");

    private TestAuthority() {
    }

    static synchronized TestAuthority get() {
        if (instance == null) {
            instance = new TestAuthority();
            instance.prepare();
        }
        return instance;
    }

    /** The authority's certificate as PEM: what servers under test are told to trust. */
    Path certificate() {
        return FOLDER.resolve("authority.pem");
    }

    private void prepare() {
        try {
            Files.createDirectories(FOLDER);
            if (Files.notExists(certificate())) {
                keytool("-genkeypair", "-alias", "authority", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=Dunlin test authority", "-ext", "bc:c",
                    "-validity", "30", "-keystore", authority.toString());
                keytool("-exportcert", "-rfc", "-alias", "authority", "-keystore", authority.toString(), "-file", certificate().toString());
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A PKCS#12 store with a key and a certificate for these host names. */
    synchronized Path keyStoreFor(String... hosts) {
        String host = String.join("_", hosts);
        Path store = FOLDER.resolve(host + ".p12");
        if (Files.notExists(store)) {
            Path request = FOLDER.resolve(host + ".csr");
            Path certificate = FOLDER.resolve(host + ".pem");
            keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + hosts[0],
                "-validity", "30", "-keystore", store.toString());
            keytool("-certreq", "-alias", "server", "-keystore", store.toString(), "-file", request.toString());
            keytool("-gencert", "-rfc", "-alias", "authority", "-keystore", authority.toString(), "-infile", request.toString(),
                "-outfile", certificate.toString(), "-ext", "san=dns:" + String.join(",dns:", hosts), "-validity", "30");
            keytool("-importcert", "-noprompt", "-alias", "authority", "-file", certificate().toString(), "-keystore", store.toString());
            keytool("-importcert", "-noprompt", "-alias", "server", "-file", certificate.toString(), "-keystore", store.toString());
        }
        return store;
    }

    /** Trusts this authority and nobody else. */
    SSLContext clientContext() {
        try (var input = Files.newInputStream(certificate())) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(input));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException | java.security.GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void keytool(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(QUICK);
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }
}
