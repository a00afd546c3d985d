package social.dunlin.federation.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.Set;
import social.dunlin.config.Cryptography;

/**
 * Who computes signatures: Amazon's Corretto Crypto Provider where its native library works on this machine, else Java.
 * The library is loaded, and tried out, with the first signature: a node that federates with nobody never pays for it.
 */
public final class SignatureProvider {
    /** What the library computes faster. The keys of RSA are made by it as well; translating them would cost half of the gain. */
    private static final Set<String> NATIVE_SIGNATURES = Set.of("SHA256withRSA", "SHA512withRSA", "Ed25519");
    static final String NATIVE_KEYS = "RSA";
    private static volatile Cryptography choice = Cryptography.AUTOMATIC;

    private SignatureProvider() {
    }

    /**
     * To be called before the first signature; later it has no effect on what is loaded already.
     *
     * @throws IllegalStateException when the native library is demanded and does not work
     */
    public static void choose(Cryptography wanted) {
        choice = wanted;
        if (wanted == Cryptography.NATIVE && NativeSignatures.PROVIDER.isEmpty()) {
            throw new IllegalStateException("The native library for signatures does not work on this machine: " + NativeSignatures.problem);
        }
    }

    /** "native" or "java", for who wants to know. */
    public static String name() {
        return provider().isPresent() ? "native" : "java";
    }

    static Signature signature(String algorithm) throws GeneralSecurityException {
        Optional<Provider> chosen = NATIVE_SIGNATURES.contains(algorithm) ? provider() : Optional.empty();
        return chosen.isPresent() ? Signature.getInstance(algorithm, chosen.get()) : Signature.getInstance(algorithm);
    }

    static KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
        Optional<Provider> chosen = algorithm.equals(NATIVE_KEYS) ? provider() : Optional.empty();
        return chosen.isPresent() ? KeyFactory.getInstance(algorithm, chosen.get()) : KeyFactory.getInstance(algorithm);
    }

    private static Optional<Provider> provider() {
        return choice == Cryptography.JAVA ? Optional.empty() : NativeSignatures.PROVIDER;
    }
}
