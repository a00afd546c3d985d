package social.dunlin.api.activitypub;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.domain.Domains;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.SignedRequest;
import social.dunlin.federation.signature.VerificationOutcome;
import social.dunlin.id.ObjectUri;
import social.dunlin.refusal.Refusal;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** The current request as its sender signed it. */
@ApplicationScoped
class SignedRequests {
    private static final byte[] NO_BODY = {};

    private final RoutingContext route;
    private final Domains domains;
    private final SignatureCheck check;
    private final StatusVisibility visibility;
    private final boolean secure;

    SignedRequests(RoutingContext route, Domains domains, SignatureCheck check, StatusVisibility visibility, DunlinConfiguration configuration) {
        this.route = route;
        this.domains = domains;
        this.check = check;
        this.visibility = visibility;
        this.secure = configuration.federation().secureMode();
    }

    /** {@link SignatureCheck#viewerIfKnown} of the current request; in secure mode nobody unsigned passes. */
    Viewer viewerIfKnown() {
        if (secure) {
            return check.viewer(requireSigned());
        }
        return isSigned() ? check.viewerIfKnown(current(NO_BODY)) : Viewer.anonymous();
    }

    /** {@link SignatureCheck#viewer} of the current request; in secure mode nobody unsigned passes. */
    Viewer viewer() {
        if (secure) {
            return check.viewer(requireSigned());
        }
        return isSigned() ? check.viewer(current(NO_BODY)) : Viewer.anonymous();
    }

    /** For what somebody here publishes: in secure mode 403 for whom they block. */
    Viewer viewerOf(Account owner) {
        Viewer viewer = viewerIfKnown();
        if (secure && visibility.isShutOut(viewer, owner.id())) {
            throw Refusal.forbidden("Not for you");
        }
        return viewer;
    }

    /** {@link SignatureCheck#requireSigned} of the current request. */
    VerificationOutcome.Verified requireSigned() {
        return check.requireSigned(current(NO_BODY));
    }

    private boolean isSigned() {
        return route.request().getHeader("Signature") != null;
    }

    SignedRequest current(byte[] body) {
        return of(route.request(), body);
    }

    /** As the sender saw it: the authority it asked, and the scheme that authority is served under. */
    SignedRequest of(HttpServerRequest request, byte[] body) {
        String authority = request.authority() == null ? "" : request.authority().toString();
        String scheme = domains.byHost(authority).map(domain -> domain.baseUrl().startsWith("http:") ? "http://" : "https://").orElse("https://");
        ObjectUri target = ObjectUri.tryParse(scheme + authority + request.uri())
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
