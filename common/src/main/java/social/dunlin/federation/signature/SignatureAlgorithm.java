package social.dunlin.federation.signature;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms met in the fediverse and in RFC 9421, with their registered names. */
public enum SignatureAlgorithm {
    RSA_SHA256("rsa-v1_5-sha256", "SHA256withRSA", RSAKey.class),
    RSA_SHA512("rsa-v1_5-sha512", "SHA512withRSA", RSAKey.class),
    RSA_PSS_SHA512("rsa-pss-sha512", "RSASSA-PSS", RSAKey.class),
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "SHA256withECDSAinP1363Format", ECKey.class),
    ED25519("ed25519", "Ed25519", EdECKey.class);

    private static final PSSParameterSpec PSS_SHA512 =
            new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, PSSParameterSpec.TRAILER_FIELD_BC);

    private final String registeredName;
    private final String jcaName;
    private final Class<?> keyKind;

    SignatureAlgorithm(String registeredName, String jcaName, Class<?> keyKind) {
        this.registeredName = registeredName;
        this.jcaName = jcaName;
        this.keyKind = keyKind;
    }

    /** The name in the {@code alg} parameter of RFC 9421. */
    public String registeredName() {
        return registeredName;
    }

    public static Optional<SignatureAlgorithm> ofRegisteredName(String name) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.registeredName.equals(name)).findFirst();
    }

    /** What a key is used with when nobody says otherwise; for RSA that is PKCS#1 v1.5 with SHA-256. */
    public static SignatureAlgorithm defaultFor(Key key) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.fits(key)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no signature algorithm for this kind of key"));
    }

    public boolean fits(Key key) {
        return keyKind.isInstance(key);
    }

    /** False also for a key of the wrong kind and for bytes that are no signature at all. */
    public boolean verifies(PublicKey key, byte[] message, byte[] signature) {
        if (!fits(key)) {
            return false;
        }
        try {
            Signature verifier = instance();
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    public byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = instance();
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("our own key cannot sign", impossible);
        }
    }

    private Signature instance() throws GeneralSecurityException {
        Signature signature = SignatureProvider.signature(jcaName);
        if (this == RSA_PSS_SHA512) {
            signature.setParameter(PSS_SHA512);
        }
        return signature;
    }
}
