package social.dunlin.oauth;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.refusal.Refusal;

/** The step in the browser: checks what an application asks for and gives it a code. */
@ApplicationScoped
public class AuthorizationService {
    private static final Duration CODE_LIFE = Duration.ofMinutes(10);

    private final ApplicationService applications;
    private final CodeStore codes;

    public AuthorizationService(ApplicationService applications, CodeStore codes) {
        this.applications = applications;
        this.codes = codes;
    }

    /** What stood in the address of the authorize page. */
    public record Wish(Optional<String> responseType, Optional<String> clientId, Optional<String> redirectUri, Optional<String> scope,
                       Optional<String> state, Optional<String> codeChallenge, Optional<String> codeChallengeMethod) {
    }

    /** A wish that may be put before the person. */
    public record Request(Application application, String redirectUri, Scopes scopes, Optional<String> state, Optional<String> codeChallenge) {
        public boolean isOutOfBand() {
            return redirectUri.equals(Application.OUT_OF_BAND);
        }
    }

    /** What came of a wish. */
    public sealed interface Outcome {
        /** To be shown to the person. */
        record Ask(Request request) implements Outcome {
        }

        /** The application is told at its own address. */
        record SendBack(String location) implements Outcome {
        }

        /** The address is not known to be the application's, so nobody is sent there: the person is told. */
        record Tell(Refusal refusal) implements Outcome {
        }
    }

    /** Redirect URIs are compared byte for byte with the registered ones. */
    public Outcome check(Wish wish) {
        Optional<Application> application = wish.clientId().flatMap(applications::byClientId);
        if (application.isEmpty()) {
            return new Outcome.Tell(OAuthRefusal.invalidClient());
        }
        String redirectUri = wish.redirectUri().orElse("");
        if (!application.get().redirectUris().contains(redirectUri)) {
            return new Outcome.Tell(OAuthRefusal.invalidRequest("The requested redirect uri is malformed or doesn't match client redirect URI."));
        }
        Scopes scopes = wish.scope().map(Scopes::parse).filter(given -> !given.isEmpty()).orElse(Scopes.of("read"));
        Request request = new Request(application.get(), redirectUri, scopes, wish.state(), wish.codeChallenge().filter(text -> !text.isEmpty()));
        Optional<OAuthRefusal> refusal = refusal(wish, request);
        if (refusal.isEmpty()) {
            return new Outcome.Ask(request);
        }
        return request.isOutOfBand() ? new Outcome.Tell(refusal.get()) : new Outcome.SendBack(location(request, refusal.get()));
    }

    private static Optional<OAuthRefusal> refusal(Wish wish, Request request) {
        if (!wish.responseType().orElse("").equals("code")) {
            return Optional.of(OAuthRefusal.unsupportedResponseType());
        }
        if (!request.scopes().areKnown() || !request.application().scopes().cover(request.scopes())) {
            return Optional.of(OAuthRefusal.invalidScope());
        }
        boolean methodGiven = wish.codeChallengeMethod().filter(text -> !text.isEmpty()).isPresent();
        if (methodGiven != request.codeChallenge().isPresent() || methodGiven && !wish.codeChallengeMethod().get().equals("S256")) {
            return Optional.of(OAuthRefusal.invalidRequest("The code_challenge_method must be S256."));
        }
        if (request.codeChallenge().isPresent() && !Pkce.isChallenge(request.codeChallenge().get())) {
            return Optional.of(OAuthRefusal.invalidRequest("The code_challenge must be 43 characters of base64url."));
        }
        return Optional.empty();
    }

    /** The person agreed: a code that is good for ten minutes and one use. */
    public String grant(Request request, long userId, long accountId) {
        String code = OpaqueSecret.make();
        codes.insert(OpaqueSecret.hash(code), request.application().id(), userId, accountId, request.redirectUri(), request.scopes(),
            request.codeChallenge().orElse(null), Instant.now().plus(CODE_LIFE));
        codes.deleteExpired();
        return code;
    }

    /** Where the browser goes with a code. */
    public String location(Request request, String code) {
        return withState(with(request.redirectUri(), "code", code), request);
    }

    /** Where the browser goes with a "no". */
    public String location(Request request, OAuthRefusal refusal) {
        return withState(with(with(request.redirectUri(), "error", refusal.code()), "error_description", refusal.getMessage()), request);
    }

    private static String withState(String location, Request request) {
        return request.state().map(state -> with(location, "state", state)).orElse(location);
    }

    private static String with(String address, String name, String value) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + name + '=' + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
