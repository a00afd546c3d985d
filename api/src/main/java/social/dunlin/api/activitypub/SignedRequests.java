package social.dunlin.api.activitypub;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.domain.Domains;
import social.dunlin.federation.actor.ActorKeys;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.KeyLookup;
import social.dunlin.federation.signature.SignatureVerifier;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.id.ObjectUri;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.Viewer;

/** Who signed the current request. The signature must be made for the host that was asked (hostile input 38). */
@ApplicationScoped
class SignedRequests {
    private static final byte[] NO_BODY = {};

    private final RoutingContext route;
    private final Domains domains;
    private final ActorKeys keys;
    private final AccountStore accounts;
    private final SignatureVerifier verifier;

    SignedRequests(RoutingContext route, Domains domains, ActorKeys keys, AccountStore accounts) {
        this.route = route;
        this.domains = domains;
        this.keys = keys;
        this.accounts = accounts;
        this.verifier = new SignatureVerifier(host -> domains.isOwnHost(host.value()));
    }

    VerificationOutcome verify(byte[] body) {
        return verify(body, keys);
    }

    private VerificationOutcome verify(byte[] body, KeyLookup lookup) {
        return verifier.verify(signedRequest(body), lookup, Clock.systemUTC());
    }

    /**
     * For what everybody may read: nobody's key is fetched, but whoever is known and suspended here gets nothing
     * (hostile input 40).
     */
    Viewer viewerIfKnown() {
        return viewer(keys.storedOnly());
    }

    /** For what only some may read: an unknown key is fetched. Nobody known when the signature does not hold. */
    Viewer viewer() {
        return viewer(keys);
    }

    private Viewer viewer(KeyLookup lookup) {
        if (route.request().getHeader("Signature") == null
            || !(verify(NO_BODY, lookup) instanceof VerificationOutcome.Verified verified)) {
            return Viewer.anonymous();
        }
        Optional<Account> signer = accounts.byUri(verified.owner());
        if (signer.filter(Account::isSuspended).isPresent()) {
            throw Refusal.forbidden("Not for you");
        }
        return signer.map(account -> Viewer.of(account.id())).orElse(Viewer.anonymous());
    }

    /** As the sender saw it: the authority it asked, and the scheme that authority is served under. */
    private SignedRequest signedRequest(byte[] body) {
        HttpServerRequest request = route.request();
        String authority = request.authority() == null ? "" : request.authority().toString();
        String base = domains.byHost(authority).map(domain -> domain.baseUrl().startsWith("http:") ? "http://" : "https://").orElse("https://");
        ObjectUri target = ObjectUri.tryParse(base + authority + request.uri())
            .orElseThrow(() -> Refusal.badRequest("The request has no usable address"));
        List<Header> headers = new ArrayList<>();
        request.headers().forEach(header -> {
            if (!header.getKey().equalsIgnoreCase("Host")) {
                headers.add(new Header(header.getKey(), header.getValue()));
            }
        });
        headers.add(new Header("Host", authority));
        return new SignedRequest(request.method().name(), target, headers, body);
    }
}
