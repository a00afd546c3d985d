package social.dunlin.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Against the examples that the specifications print. */
class PushEncryptionTest {
    private static final Base64.Encoder WRITE = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder READ = Base64.getUrlDecoder();

    private static KeyPair pair(String publicKey, String privateKey) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        ECPrivateKeySpec number = new ECPrivateKeySpec(new BigInteger(1, READ.decode(privateKey)), parameters.getParameterSpec(ECParameterSpec.class));
        return new KeyPair(PointP256.key(READ.decode(publicKey)).orElseThrow(), KeyFactory.getInstance("EC").generatePrivate(number));
    }

    /** RFC 8291, section 5 and appendix A. */
    @Test
    void exampleOfTheStandard() throws GeneralSecurityException {
        KeyPair subscriber = pair("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        KeyPair sender = pair("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        byte[] auth = READ.decode("BTBZMqHH6r4Tts7J_aSIgg");
        String expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
            + "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        byte[] body = PushEncryption.standard("When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
            (ECPublicKey) subscriber.getPublic(), auth, sender, READ.decode("DGv6ra1nlYgDCS1FRnbzlw"));
        assertEquals(expected, WRITE.encodeToString(body));
        assertEquals("When I grow up, I want to be a watermelon", new Subscriber(subscriber, auth).readStandard(body));
    }

    /** draft-ietf-webpush-encryption-04, section 5. */
    @Test
    void exampleOfTheDraft() throws GeneralSecurityException {
        KeyPair subscriber = pair("BCEkBjzL8Z3C-oi2Q7oE5t2Np-p7osjGLg93qUP0wvqRT21EEWyf0cQDQcakQMqz4hQKYOQ3il2nNZct4HgAUQU",
            "9FWl15_QUQAWDaD3k3l50ZBZQJ4au27F1V4F0uLSD_M");
        KeyPair sender = pair("BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU",
            "nCScek-QpEjmOOlT-rQ38nZzvdPlqa00Zy0i6m2OJvY");
        byte[] auth = READ.decode("R29vIGdvbyBnJyBqb29iIQ");
        byte[] body = PushEncryption.draft("I am the walrus".getBytes(StandardCharsets.UTF_8), (ECPublicKey) subscriber.getPublic(), auth, sender,
            READ.decode("lngarbyKfMoi9Z75xYXmkg"));
        assertEquals("6nqAQUME8hNqw5J3kl8cpVVJylXKYqZOeseZG8UueKpA", WRITE.encodeToString(body));
        assertEquals("I am the walrus", new Subscriber(subscriber, auth).readDraft(body, "salt=lngarbyKfMoi9Z75xYXmkg",
            "dh=BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU;p256ecdsa=x"));
    }

    /** A key beside the curve would give parts of the sender's away. */
    @Test
    void onlyPointsOfTheCurveAreKeys() {
        byte[] good = PointP256.of((ECPublicKey) PointP256.newPair().getPublic());
        assertTrue(PointP256.key(good).isPresent());
        for (int position : new int[] {0, 1, 33, 64}) {
            byte[] bent = good.clone();
            bent[position] ^= 1;
            assertTrue(PointP256.key(bent).isEmpty(), "bent at " + position);
        }
        assertTrue(PointP256.key(new byte[65]).isEmpty());
        assertTrue(PointP256.key(new byte[0]).isEmpty());
    }

    @Test
    void senderIsKnownByASignedWord() {
        KeyPair pair = PointP256.newPair();
        String token = VapidToken.make(pair.getPrivate(), "https://push.example", "mailto:us@example.org", Instant.ofEpochSecond(1_000_000));
        String key = WRITE.encodeToString(PointP256.of((ECPublicKey) pair.getPublic()));
        assertEquals("{\"aud\":\"https://push.example\",\"exp\":1086400,\"sub\":\"mailto:us@example.org\"}", Subscriber.claims(token, key));
        assertEquals("{\"typ\":\"JWT\",\"alg\":\"ES256\"}", new String(READ.decode(token.split("\\.")[0]), StandardCharsets.UTF_8));
    }
}
