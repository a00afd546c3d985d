package social.dunlin.api.activitypub;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorKeys;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.SignatureVerifier;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.Viewer;

/** Who signed a request. The signature must be made for a host of ours (hostile input 38). */
@ApplicationScoped
class SignatureCheck {
    private final ActorKeys keys;
    private final AccountStore accounts;
    private final SignatureVerifier verifier;

    SignatureCheck(Domains domains, ActorKeys keys, AccountStore accounts) {
        this.keys = keys;
        this.accounts = accounts;
        this.verifier = new SignatureVerifier(host -> domains.isOwnHost(host.value()));
    }

    VerificationOutcome verify(SignedRequest request) {
        return verifier.verify(request, keys, Clock.systemUTC());
    }

    /**
     * For what everybody may read: nobody's key is fetched, but whoever is known and suspended here gets nothing
     * (hostile input 40).
     */
    Viewer viewerIfKnown(SignedRequest request) {
        return viewer(request, keys.storedOnly());
    }

    /** For what only some may read: an unknown key is fetched. Nobody known when the signature does not hold. */
    Viewer viewer(SignedRequest request) {
        return viewer(request, keys);
    }

    /** For what nobody gets unsigned. Refuses with 401 (or what {@link VerificationOutcome.Refused} says) and suspended signers with 403. */
    VerificationOutcome.Verified requireSigned(SignedRequest request) {
        return switch (verify(request)) {
            case VerificationOutcome.Verified verified -> {
                viewer(verified);
                yield verified;
            }
            case VerificationOutcome.Refused refused -> throw new Refusal(refused.status(), refused.text());
        };
    }

    private Viewer viewer(SignedRequest request, KeyLookup lookup) {
        return verifier.verify(request, lookup, Clock.systemUTC()) instanceof VerificationOutcome.Verified verified
            ? viewer(verified) : Viewer.anonymous();
    }

    Viewer viewer(VerificationOutcome.Verified verified) {
        Optional<Account> signer = accounts.byUri(verified.owner());
        if (signer.filter(Account::isSuspended).isPresent()) {
            throw Refusal.forbidden("Not for you");
        }
        return signer.map(account -> Viewer.of(account.id())).orElse(Viewer.anonymous());
    }
}
