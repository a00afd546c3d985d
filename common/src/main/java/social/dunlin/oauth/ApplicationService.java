package social.dunlin.oauth;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.refusal.Refusal;

/** Registers applications and recognises them. */
@ApplicationScoped
public class ApplicationService {
    private static final int MAXIMUM_NAME = 255;
    private static final int MAXIMUM_URI = 2000;
    private static final int MAXIMUM_URIS = 50;
    /** The application behind tokens that operators make on the command line. */
    private static final String SCRIPTS = "dunlin-scripts";

    private final ApplicationStore store;

    public ApplicationService(ApplicationStore store) {
        this.store = store;
    }

    /** @param clientSecret shown once; only its hash is kept */
    public record Registration(Application application, String clientSecret) {
    }

    /** Refuses with 422 as Mastodon does when something is missing or unusable. */
    public Registration register(String name, List<String> redirectUris, Scopes scopes, Optional<String> website) {
        if (name.isBlank()) {
            throw Refusal.invalid("Application name can't be blank");
        }
        if (name.length() > MAXIMUM_NAME) {
            throw Refusal.invalid("Application name is too long (maximum is %d characters)".formatted(MAXIMUM_NAME));
        }
        if (redirectUris.isEmpty()) {
            throw Refusal.invalid("Redirect URI can't be blank");
        }
        if (redirectUris.size() > MAXIMUM_URIS) {
            throw Refusal.invalid("Redirect URI: too many are given");
        }
        redirectUris.forEach(ApplicationService::checkRedirectUri);
        if (!scopes.areKnown()) {
            throw Refusal.invalid("Scopes doesn't match configured on the server");
        }
        Optional<String> page = website.map(String::strip).filter(text -> !text.isEmpty());
        page.ifPresent(ApplicationService::checkWebsite);
        String secret = OpaqueSecret.make();
        Application application = store.insert(OpaqueSecret.make(), OpaqueSecret.hash(secret), name.strip(), page.orElse(null), redirectUris, scopes);
        return new Registration(application, secret);
    }

    public Optional<Application> byClientId(String clientId) {
        return store.byClientId(clientId);
    }

    public Optional<Application> byId(long id) {
        return store.byId(id);
    }

    /** The application when id and secret fit; refuses with {@code invalid_client} otherwise. */
    public Application authenticate(Optional<String> clientId, Optional<String> clientSecret) {
        if (clientId.isEmpty() || clientSecret.isEmpty()) {
            throw OAuthRefusal.invalidClient();
        }
        return store.byClientId(clientId.get())
            .filter(application -> OpaqueSecret.matches(clientSecret.get(), application.secretHash()))
            .orElseThrow(OAuthRefusal::invalidClient);
    }

    /** The built-in application of command-line tokens; nobody knows its secret. */
    Application forScripts() {
        return store.byClientId(SCRIPTS).orElseGet(() -> store.insert(SCRIPTS, OpaqueSecret.hash(OpaqueSecret.make()), "Command line", null,
            List.of(Application.OUT_OF_BAND), Scopes.of(Scopes.KNOWN)));
    }

    private static void checkRedirectUri(String text) {
        if (RedirectUri.parse(text).isEmpty()) {
            throw Refusal.invalid("Redirect URI must be an absolute URI of a permitted scheme.");
        }
    }

    private static void checkWebsite(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.length() > MAXIMUM_URI || !(lower.startsWith("https://") || lower.startsWith("http://"))) {
            throw Refusal.invalid("Website is not a valid URL");
        }
    }
}
