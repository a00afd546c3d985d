package social.dunlin.federation.signature;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import social.dunlin.federation.signature.VerificationOutcome.Reason;
import social.dunlin.federation.signature.VerificationOutcome.Refused;
import social.dunlin.federation.signature.VerificationOutcome.Scheme;
import social.dunlin.federation.signature.VerificationOutcome.Verified;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/**
 * Decides whether a request is signed well enough for ActivityPub. Everything that needs no key is checked first, so
 * that a bad request costs no fetch and no cryptography.
 */
public final class SignatureVerifier {
    private static final int MAXIMUM_KEY_ID_LENGTH = 2048;

    private final Predicate<Host> isOwnHost;

    /** @param isOwnHost the hosts this install serves; a signature made for any other is a replay */
    public SignatureVerifier(Predicate<Host> isOwnHost) {
        this.isOwnHost = isOwnHost;
    }

    public VerificationOutcome verify(SignedRequest request, KeyLookup keys, Clock clock) {
        try {
            List<String> signatures = request.headerLines("Signature");
            if (signatures.isEmpty()) {
                throw new SignatureRefusal(Reason.UNSIGNED, "request not signed");
            }
            Optional<String> input = request.header("Signature-Input");
            if (input.isPresent()) {
                return verifyMessageSignatures(request, input.get(), String.join(", ", signatures), keys, clock.instant());
            }
            if (signatures.size() > 1) {
                throw new SignatureRefusal(Reason.DUPLICATE, "more than one Signature header");
            }
            return verifyCavage(request, CavageSignature.parse(signatures.getFirst()), keys, clock.instant());
        } catch (SignatureRefusal refusal) {
            return refusal.refused();
        }
    }

    private Verified verifyCavage(SignedRequest request, CavageSignature signature, KeyLookup keys, Instant now) {
        if (!signature.covers(CavageSignature.REQUEST_TARGET)) {
            throw notCovered("(request-target)");
        }
        if (!signature.covers("host")) {
            throw notCovered("host");
        }
        requireOwnHost(request);
        requireCavageTime(request, signature, now);
        requireDigest(request, "digest", signature.covers("digest"), BodyDigest::requireDigest);
        String owner = requireOwner(keys, signature.keyId(), key -> signature.verifies(request, key));
        return new Verified(signature.keyId(), owner, Scheme.DRAFT_CAVAGE, signature.covered());
    }

    private static void requireCavageTime(SignedRequest request, CavageSignature signature, Instant now) {
        boolean createdCovered = signature.covers(CavageSignature.CREATED);
        boolean dateCovered = signature.covers("date");
        if (!createdCovered && !dateCovered) {
            throw notCovered("date or (created)");
        }
        // Only what is signed may lengthen the life of a signature.
        Optional<Instant> expires = signature.covers(CavageSignature.EXPIRES)
                ? signature.expires().map(TimeWindow::parseSeconds) : Optional.empty();
        if (createdCovered) {
            Instant created = TimeWindow.parseSeconds(signature.created().orElseThrow(
                    () -> new SignatureRefusal(Reason.NOT_COVERED, "the signature covers (created) but does not name it")));
            TimeWindow.require(now, created, expires);
        }
        if (dateCovered) {
            TimeWindow.require(now, TimeWindow.parseDate(request.header("Date").orElse("")), expires);
        }
    }

    /** Any one signature that is understood and holds will do; otherwise the last refusal is the answer. */
    private VerificationOutcome verifyMessageSignatures(SignedRequest request, String input, String signatures,
            KeyLookup keys, Instant now) {
        Refused refused = new Refused(Reason.MALFORMED, "no signature fits its Signature-Input", Reason.MALFORMED.status());
        for (MessageSignature signature : MessageSignature.parse(input, signatures)) {
            try {
                return verifyMessage(request, signature, keys, now);
            } catch (SignatureRefusal refusal) {
                refused = refusal.refused();
            }
        }
        return refused;
    }

    private Verified verifyMessage(SignedRequest request, MessageSignature signature, KeyLookup keys, Instant now) {
        if (!signature.covers("@method")) {
            throw notCovered("@method");
        }
        if (!coversTarget(request, signature)) {
            throw notCovered("@target-uri");
        }
        requireOwnHost(request);
        Instant created = TimeWindow.parseSeconds(signature.created().orElseThrow(
                () -> new SignatureRefusal(Reason.OUTSIDE_TIME_WINDOW, "signature without created")));
        TimeWindow.require(now, created, signature.expires().map(TimeWindow::parseSeconds));
        requireDigest(request, "content-digest", signature.covers("content-digest"), BodyDigest::requireContentDigest);
        String keyId = signature.keyId().orElseThrow(
                () -> new SignatureRefusal(Reason.MALFORMED, "signature without keyid"));
        String owner = requireOwner(keys, keyId, key -> signature.verifies(request, key));
        return new Verified(keyId, owner, Scheme.RFC_9421, signature.covered());
    }

    /** The whole address, or its parts one by one; the host must be among them. */
    private static boolean coversTarget(SignedRequest request, MessageSignature signature) {
        if (signature.covers("@target-uri")) {
            return true;
        }
        boolean host = signature.covers("@authority") || signature.covers("host");
        boolean query = request.query().isEmpty() || signature.covers("@query");
        return host && (signature.covers("@request-target") || signature.covers("@path") && query);
    }

    private void requireOwnHost(SignedRequest request) {
        List<String> lines = request.headerLines("Host");
        if (lines.size() > 1) {
            throw new SignatureRefusal(Reason.DUPLICATE, "more than one Host header");
        }
        Host target = request.targetUri().host();
        boolean same = lines.isEmpty() || sameHost(lines.getFirst(), request);
        if (!same || !isOwnHost.test(target)) {
            throw new SignatureRefusal(Reason.WRONG_HOST, "signed for another host");
        }
    }

    private static boolean sameHost(String hostHeader, SignedRequest request) {
        String scheme = request.targetUri().isHttps() ? "https://" : "http://";
        return ObjectUri.tryParse(scheme + hostHeader + "/")
                .filter(uri -> uri.sameOrigin(request.targetUri())).isPresent();
    }

    private static void requireDigest(SignedRequest request, String name, boolean covered,
            BiConsumer<String, byte[]> check) {
        if (!covered) {
            if (request.carriesBody()) {
                throw notCovered(name);
            }
            return;
        }
        String header = request.header(name).orElseThrow(
                () -> new SignatureRefusal(Reason.NOT_COVERED, "the signature covers a header that is not there"));
        check.accept(header, request.body());
    }

    /** The key's owner, once a key of that id bears the signature out; a stale key is fetched anew once. */
    private static String requireOwner(KeyLookup keys, String keyId, Predicate<PublicKey> verifies) {
        if (keyId.length() > MAXIMUM_KEY_ID_LENGTH) {
            throw new SignatureRefusal(Reason.MALFORMED, "key id too long");
        }
        KeyLookup.Found known = requireFound(keys.find(keyId));
        if (verifies.test(known.key())) {
            return known.owner();
        }
        KeyLookup.Found fresh = requireFound(keys.refresh(keyId));
        if (!fresh.key().equals(known.key()) && verifies.test(fresh.key())) {
            return fresh.owner();
        }
        throw new SignatureRefusal(Reason.WRONG_SIGNATURE, "signature does not verify");
    }

    private static KeyLookup.Found requireFound(KeyLookup.Answer answer) {
        return switch (answer) {
            case KeyLookup.Found found -> found;
            case KeyLookup.Unknown() -> throw new SignatureRefusal(Reason.KEY_UNKNOWN, "key not found");
            case KeyLookup.Gone() -> throw new SignatureRefusal(Reason.KEY_GONE, "key and owner are gone");
            case KeyLookup.Unreachable() ->
                    throw new SignatureRefusal(Reason.KEY_UNREACHABLE, "key cannot be fetched now; try again later");
        };
    }

    private static SignatureRefusal notCovered(String what) {
        return new SignatureRefusal(Reason.NOT_COVERED, "the signature must cover " + what);
    }
}
