package social.dunlin.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.federation.signature.VerificationOutcome.Reason;
import social.dunlin.federation.signature.VerificationOutcome.Refused;
import social.dunlin.federation.signature.VerificationOutcome.Scheme;
import social.dunlin.federation.signature.VerificationOutcome.Verified;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

class SignatureVerifierTest {
    private static final KeyPair RSA = Keys.generateRsa();
    private static final KeyPair OTHER_RSA = Keys.generateRsa();
    private static final KeyPair ED25519 = Keys.generateEd25519();
    private static final String KEY_ID = "https://peer.example/users/alice#main-key";
    private static final ObjectUri INBOX = ObjectUri.parse("https://here.example/users/bob/inbox");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final byte[] BODY = "{\"type\":\"Follow\"}".getBytes(StandardCharsets.UTF_8);

    private final SignatureVerifier verifier = new SignatureVerifier(Host.parse("here.example")::equals);

    /** Answers with one key at first and another after a refresh, and counts. */
    private static final class Keyring implements KeyLookup {
        private final Answer first;
        private final Answer afterRefresh;
        private int finds;
        private int refreshes;

        private Keyring(Answer first, Answer afterRefresh) {
            this.first = first;
            this.afterRefresh = afterRefresh;
        }

        static Keyring of(PublicKey key) {
            Found found = new Found(key, "https://peer.example/users/alice");
            return new Keyring(found, found);
        }

        @Override
        public Answer find(String keyId) {
            finds++;
            return first;
        }

        @Override
        public Answer refresh(String keyId) {
            refreshes++;
            return afterRefresh;
        }
    }

    @Test
    void ourOwnDraftCavageSignaturesVerify() {
        assertEquals(Scheme.DRAFT_CAVAGE, verified(verify(cavagePost(), Keyring.of(RSA.getPublic()))).scheme());
        SignedRequest get = signed(new CavageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "GET", new byte[0]);
        assertEquals(List.of("(request-target)", "host", "date"), verified(verify(get, Keyring.of(RSA.getPublic()))).covered());
    }

    @Test
    void ourOwnMessageSignaturesVerify() {
        for (KeyPair pair : List.of(RSA, ED25519)) {
            RequestSigner signer = new MessageSigner(KEY_ID, pair.getPrivate(), CLOCK);
            assertEquals(Scheme.RFC_9421,
                    verified(verify(signed(signer, "POST", BODY), Keyring.of(pair.getPublic()))).scheme());
            assertEquals(KEY_ID,
                    verified(verify(signed(signer, "GET", new byte[0]), Keyring.of(pair.getPublic()))).keyId());
        }
    }

    @Test
    void draftCavageIsSentInTheFormEveryReaderTakes() {
        Clock earlyInTheMonth = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
        List<Header> headers = new CavageSigner(KEY_ID, RSA.getPrivate(), earlyInTheMonth)
                .sign(new OutgoingRequest("POST", INBOX, BODY));
        assertEquals(List.of("Date", "Digest", "Signature"), headers.stream().map(Header::name).toList());
        assertEquals("Tue, 03 Feb 2026 04:05:06 GMT", headers.get(0).value());
        assertTrue(headers.get(1).value().startsWith("SHA-256="));
        assertTrue(headers.get(2).value().matches("keyId=\"[^\"]+\",algorithm=\"rsa-sha256\","
                + "headers=\"\\(request-target\\) host date digest\",signature=\"[A-Za-z0-9+/=]+\""));
    }

    @Test
    void hostileInput28_duplicateParametersAreRefusedWith400() {
        for (String parameter : List.of("keyId=\"x\"", "headers=\"date\"", "signature=\"AAAA\"", "KEYID=\"x\"")) {
            SignedRequest twice = withSignature(cavagePost(), value -> value + "," + parameter);
            assertRefused(verify(twice), Reason.DUPLICATE, 400);
        }
        SignedRequest twoLines = with(cavagePost(), headers -> headers.add(signatureOf(cavagePost())));
        assertRefused(verify(twoLines), Reason.DUPLICATE, 400);
    }

    @Test
    void hostileInput28_duplicatesInMessageSignaturesAreRefusedWith400() {
        SignedRequest request = signed(new MessageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "POST", BODY);
        assertRefused(verify(withHeader(request, "Signature-Input", value -> value + ";keyid=\"x\"")),
                Reason.DUPLICATE, 400);
        assertRefused(verify(withHeader(request, "Signature-Input", value -> value + ", " + value)),
                Reason.DUPLICATE, 400);
        assertRefused(verify(withHeader(request, "Signature", value -> value + ", " + value)), Reason.DUPLICATE, 400);
        assertRefused(verify(withHeader(request, "Signature-Input",
                value -> value.replace("\"@method\"", "\"@method\" \"@method\""))), Reason.DUPLICATE, 400);
    }

    @Test
    void hostileInput38_aSignatureMadeForAnotherServerIsRefused() {
        ObjectUri elsewhere = ObjectUri.parse("https://elsewhere.example/inbox");
        for (RequestSigner signer : List.of(new CavageSigner(KEY_ID, RSA.getPrivate(), CLOCK),
                new MessageSigner(KEY_ID, RSA.getPrivate(), CLOCK))) {
            List<Header> headers = headers(signer, "POST", elsewhere, BODY);
            assertRefused(verify(new SignedRequest("POST", elsewhere, headers, BODY)), Reason.WRONG_HOST, 401);
            // Replayed to us with the Host header it was made with.
            assertRefused(verify(new SignedRequest("POST", ObjectUri.parse("https://here.example/inbox"), headers, BODY)),
                    Reason.WRONG_HOST, 401);
        }
    }

    @Test
    void hostileInput38_aSecondHostHeaderIsRefused() {
        SignedRequest request = with(cavagePost(), headers -> headers.add(new Header("host", "here.example")));
        assertRefused(verify(request), Reason.DUPLICATE, 400);
    }

    @Test
    void hostileInput41_aDigestThatIsNotSignedIsRefused() {
        byte[] swapped = "{\"type\":\"Delete\"}".getBytes(StandardCharsets.UTF_8);
        SignedRequest bodyless = signed(new CavageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "GET", new byte[0]);
        List<Header> headers = new ArrayList<>(bodyless.headers());
        headers.add(new Header("Digest", BodyDigest.digestHeader(swapped)));
        assertRefused(verify(new SignedRequest("GET", INBOX, headers, swapped)), Reason.NOT_COVERED, 401);
    }

    @Test
    void aSwappedBodyIsRefused() {
        byte[] swapped = "{\"type\":\"Delete\"}".getBytes(StandardCharsets.UTF_8);
        for (SignedRequest request : List.of(cavagePost(),
                signed(new MessageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "POST", BODY))) {
            Keyring keyring = Keyring.of(RSA.getPublic());
            assertRefused(verify(new SignedRequest("POST", INBOX, request.headers(), swapped), keyring),
                    Reason.WRONG_DIGEST, 401);
            assertEquals(0, keyring.finds, "nothing is fetched for a request that cannot be right");
        }
    }

    @Test
    void anUnsignedRequestIsRefused() {
        assertRefused(verify(new SignedRequest("POST", INBOX, List.of(new Header("Host", "here.example")), BODY)),
                Reason.UNSIGNED, 401);
    }

    @Test
    void aRotatedKeyIsFetchedAnewOnce() {
        Keyring rotated = new Keyring(new KeyLookup.Found(OTHER_RSA.getPublic(), "https://peer.example/users/alice"),
                new KeyLookup.Found(RSA.getPublic(), "https://peer.example/users/alice"));
        verified(verify(cavagePost(), rotated));
        assertEquals(1, rotated.refreshes);

        Keyring wrong = Keyring.of(OTHER_RSA.getPublic());
        assertRefused(verify(cavagePost(), wrong), Reason.WRONG_SIGNATURE, 401);
        assertEquals(1, wrong.refreshes);
    }

    @Test
    void aKeyThatCannotBeHadIsToldApart() {
        assertRefused(verify(cavagePost(), keyring(new KeyLookup.Unknown())), Reason.KEY_UNKNOWN, 401);
        assertRefused(verify(cavagePost(), keyring(new KeyLookup.Gone())), Reason.KEY_GONE, 401);
        assertRefused(verify(cavagePost(), keyring(new KeyLookup.Unreachable())), Reason.KEY_UNREACHABLE, 503);
    }

    @Test
    void aSignatureCountsForOneHourAndFiveMinutesAndNotFromTheFuture() {
        assertInstanceOf(Verified.class, verifyAt(Duration.ofMinutes(65)));
        assertRefused(verifyAt(Duration.ofMinutes(65).plusSeconds(1)), Reason.OUTSIDE_TIME_WINDOW, 401);
        assertInstanceOf(Verified.class, verifyAt(Duration.ofMinutes(-60)));
        assertRefused(verifyAt(Duration.ofMinutes(-60).minusSeconds(1)), Reason.OUTSIDE_TIME_WINDOW, 401);
    }

    @Test
    void anUnsignedExpiryDoesNotLengthenTheLife() {
        SignedRequest request = withSignature(cavagePost(),
                value -> value + ",expires=\"" + CLOCK.instant().plus(Duration.ofHours(10)).getEpochSecond() + "\"");
        assertInstanceOf(Verified.class, verify(request));
        assertRefused(verifier.verify(request, Keyring.of(RSA.getPublic()), Clock.offset(CLOCK, Duration.ofHours(2))),
                Reason.OUTSIDE_TIME_WINDOW, 401);
    }

    @Test
    void parametersMayBeSpacedBareAndInAnyOrder() {
        assertInstanceOf(Verified.class, verify(withSignature(cavagePost(),
                value -> value.replace("\",", "\" , "))));
        assertInstanceOf(Verified.class, verify(withSignature(cavagePost(),
                value -> value.replace("algorithm=\"rsa-sha256\"", "algorithm=rsa-sha256"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "keyId", "keyId=\"a", "keyId=\"a\"signature=\"b\"", "=", ",,,", "keyId=\"a\",signature=\"%%\"",
        "sig1=:AAAA:"})
    void unreadableSignatureHeadersAreRefusedWith400(String header) {
        assertRefused(verify(withSignature(cavagePost(), value -> header)), Reason.MALFORMED, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "sig1=", "sig1=(", "sig1=(\"@method\"", "sig1=(\"@method\";)", "sig1=(\"@method\"\"a\")",
        "sig1=(@method)", "sig1=1", "sig1=();keyid=\"", "sig1=();created=\"x\",", "sig2=(\"@method\")", "SIG1=()"})
    void unreadableSignatureInputsAreRefusedWith400(String header) {
        SignedRequest request = signed(new MessageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "POST", BODY);
        assertRefused(verify(withHeader(request, "Signature-Input", value -> header)), Reason.MALFORMED, 400);
    }

    @Test
    void manyLabelsDoNotMakeUsFetchManyKeys() {
        SignedRequest request = signed(new MessageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "POST", BODY);
        StringBuilder inputs = new StringBuilder();
        StringBuilder signatures = new StringBuilder();
        for (int index = 0; index < 50; index++) {
            inputs.append(index == 0 ? "" : ", ").append("s").append(index).append("=(\"@method\")");
            signatures.append(index == 0 ? "" : ", ").append("s").append(index).append("=:AAAA:");
        }
        SignedRequest many = withHeader(withHeader(request, "Signature-Input", value -> inputs.toString()), "Signature",
                value -> signatures.toString());
        Keyring keyring = Keyring.of(RSA.getPublic());
        assertRefused(verify(many, keyring), Reason.MALFORMED, 400);
        assertEquals(0, keyring.finds);
    }

    @Test
    void refusalsNameNothingOfTheRequest() {
        SignedRequest request = withSignature(cavagePost(), value -> value.replace("digest", "x-<script>"));
        Refused refused = assertInstanceOf(Refused.class, verify(request));
        assertFalse(refused.text().contains("script"));
    }

    private VerificationOutcome verify(SignedRequest request) {
        return verify(request, Keyring.of(RSA.getPublic()));
    }

    private VerificationOutcome verify(SignedRequest request, KeyLookup keys) {
        return verifier.verify(request, keys, CLOCK);
    }

    private VerificationOutcome verifyAt(Duration later) {
        return verifier.verify(cavagePost(), Keyring.of(RSA.getPublic()), Clock.offset(CLOCK, later));
    }

    private static Keyring keyring(KeyLookup.Answer answer) {
        return new Keyring(answer, answer);
    }

    private static Verified verified(VerificationOutcome outcome) {
        return assertInstanceOf(Verified.class, outcome);
    }

    private static void assertRefused(VerificationOutcome outcome, Reason reason, int status) {
        Refused refused = assertInstanceOf(Refused.class, outcome);
        assertEquals(reason, refused.reason(), refused.text());
        assertEquals(status, refused.status());
    }

    private static SignedRequest cavagePost() {
        return signed(new CavageSigner(KEY_ID, RSA.getPrivate(), CLOCK), "POST", BODY);
    }

    private static SignedRequest signed(RequestSigner signer, String method, byte[] body) {
        return new SignedRequest(method, INBOX, headers(signer, method, INBOX, body), body);
    }

    private static List<Header> headers(RequestSigner signer, String method, ObjectUri uri, byte[] body) {
        OutgoingRequest request = new OutgoingRequest(method, uri, body);
        List<Header> headers = new ArrayList<>(signer.sign(request));
        headers.add(new Header("Host", request.hostHeader()));
        return headers;
    }

    private static Header signatureOf(SignedRequest request) {
        return request.headers().stream().filter(header -> header.isNamed("Signature")).findFirst().orElseThrow();
    }

    private static SignedRequest withSignature(SignedRequest request, UnaryOperator<String> change) {
        return withHeader(request, "Signature", change);
    }

    private static SignedRequest withHeader(SignedRequest request, String name, UnaryOperator<String> change) {
        return with(request, headers -> headers.replaceAll(header -> header.isNamed(name)
                ? new Header(header.name(), change.apply(header.value())) : header));
    }

    private static SignedRequest with(SignedRequest request, Consumer<List<Header>> change) {
        List<Header> headers = new ArrayList<>(request.headers());
        change.accept(headers);
        return new SignedRequest(request.method(), request.targetUri(), headers, request.body());
    }
}
