package social.dunlin.federation.signature;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The native library, loaded and tried out by the first who asks for it. */
final class NativeSignatures {
    private static final Logger LOG = Logger.getLogger(NativeSignatures.class);
    /** Why there is none. */
    static String problem = "";
    static final Optional<Provider> PROVIDER = load();

    /** Anything may go wrong with a library for other machines than this: links, processor, libc, rights. */
    private static Optional<Provider> load() {
        try {
            AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
            if (provider.getLoadingError() != null) {
                throw provider.getLoadingError();
            }
            tryOut(provider);
            LOG.debugf("Signatures are computed by %s", provider);
            return Optional.of(provider);
        } catch (Throwable unusable) {
            problem = String.valueOf(unusable);
            LOG.debug("Signatures are computed by Java", unusable);
            return Optional.empty();
        }
    }

    /** Each way it is used, with Java as the other side. Small keys: this is no test of cryptography. */
    private static void tryOut(Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair rsa = generator.generateKeyPair();
        KeyFactory keys = KeyFactory.getInstance(SignatureProvider.NATIVE_KEYS, provider);
        PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(rsa.getPrivate().getEncoded()));
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(rsa.getPublic().getEncoded()));
        requireAgreement(provider, "SHA256withRSA", rsa, new KeyPair(publicKey, privateKey));
        requireAgreement(provider, "SHA512withRSA", rsa, new KeyPair(publicKey, privateKey));
        KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        requireAgreement(provider, "Ed25519", edwards, edwards);
    }

    private static void requireAgreement(Provider provider, String algorithm, KeyPair javas, KeyPair natives) throws GeneralSecurityException {
        byte[] message = algorithm.getBytes(StandardCharsets.US_ASCII);
        byte[] bySelf = sign(Signature.getInstance(algorithm, provider), natives.getPrivate(), message);
        byte[] byJava = sign(Signature.getInstance(algorithm), javas.getPrivate(), message);
        boolean agreed = verifies(Signature.getInstance(algorithm), javas.getPublic(), message, bySelf)
            && verifies(Signature.getInstance(algorithm, provider), natives.getPublic(), message, byJava)
            && !verifies(Signature.getInstance(algorithm, provider), natives.getPublic(), new byte[] {1}, byJava);
        if (!agreed) {
            throw new GeneralSecurityException("it computes other signatures than Java: " + algorithm);
        }
    }

    private static byte[] sign(Signature signer, PrivateKey key, byte[] message) throws GeneralSecurityException {
        signer.initSign(key);
        signer.update(message);
        return signer.sign();
    }

    private static boolean verifies(Signature verifier, PublicKey key, byte[] message, byte[] signature) throws GeneralSecurityException {
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }
}
