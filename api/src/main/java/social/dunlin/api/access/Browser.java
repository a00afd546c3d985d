package social.dunlin.api.access;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import social.dunlin.oauth.OpaqueSecret;
import social.dunlin.oauth.SessionService;
import social.dunlin.oauth.WebSession;

/**
 * The browser behind a page: its session and the secret token that stands in every form it gets, so that
 * no foreign page can send a form in its name. Before log-in the token hangs on a cookie of its own.
 */
@RequestScoped
public class Browser {
    /** The name of the form field that carries {@link #formToken()}. */
    public static final String FORM_TOKEN = "form_token";
    private static final String SESSION = "dunlin_session";
    private static final String FORM = "dunlin_form";
    private static final String SECOND_STEP = "dunlin_second_step";
    private static final Duration SESSION_COOKIE_LIFE = Duration.ofDays(60);

    private final RoutingContext route;
    private final Caller caller;
    private final SessionService sessions;
    private Optional<WebSession> session;
    private String formCookie;

    public Browser(RoutingContext route, Caller caller, SessionService sessions) {
        this.route = route;
        this.caller = caller;
        this.sessions = sessions;
    }

    /** The session, if there is one and its account lives on the domain that was asked. */
    public Optional<WebSession> session() {
        if (session == null) {
            session = cookie(SESSION).flatMap(sessions::find).filter(found -> found.domainId() == caller.domain().id());
        }
        return session;
    }

    /** Logs in: always a new session id, and the one held before is over. */
    public void open(long userId, long accountId) {
        cookie(SESSION).ifPresent(sessions::close);
        HttpServerRequest request = route.request();
        String agent = request.getHeader("User-Agent");
        String id = sessions.open(userId, accountId, agent == null ? "" : agent, caller.ip());
        set(SESSION, id, SESSION_COOKIE_LIFE.toSeconds());
        set(FORM, "", 0);
        session = sessions.find(id);
    }

    /** Logs out: the session is over on the server, whatever the browser keeps. */
    public void close() {
        cookie(SESSION).ifPresent(sessions::close);
        set(SESSION, "", 0);
        session = Optional.empty();
    }

    /** Remembers a log-in whose second step is to come; closing the browser forgets it. */
    public void keepSecondStep(String id) {
        set(SECOND_STEP, id, -1);
    }

    public Optional<String> secondStep() {
        return cookie(SECOND_STEP);
    }

    public void forgetSecondStep() {
        set(SECOND_STEP, "", 0);
    }

    /** What a form must carry in {@value #FORM_TOKEN}. */
    public String formToken() {
        if (session().isPresent()) {
            return session().get().csrfToken();
        }
        if (formCookie == null) {
            formCookie = cookie(FORM).orElseGet(() -> {
                String made = OpaqueSecret.make();
                set(FORM, made, -1);
                return made;
            });
        }
        return derived(formCookie);
    }

    /** True when the form was made for this browser. */
    public boolean isOwnForm(String token) {
        Optional<String> expected = session().map(WebSession::csrfToken).or(() -> cookie(FORM).map(Browser::derived));
        return expected.isPresent()
            && MessageDigest.isEqual(expected.get().getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    private static String derived(String formCookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(OpaqueSecret.hash("form " + formCookie));
    }

    private Optional<String> cookie(String name) {
        return Optional.ofNullable(route.request().getCookie(fullName(name))).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** With the prefix, no other host of the same domain can plant the cookie (RFC 6265bis §4.1.3.2). */
    private String fullName(String name) {
        return isSecure() ? "__Host-" + name : name;
    }

    private boolean isSecure() {
        return caller.domain().baseUrl().startsWith("https:");
    }

    private void set(String name, String value, long maximumAge) {
        Cookie cookie = Cookie.cookie(fullName(name), value).setPath("/").setHttpOnly(true).setSecure(isSecure()).setSameSite(CookieSameSite.LAX);
        if (maximumAge >= 0) {
            cookie.setMaxAge(maximumAge);
        }
        route.response().addCookie(cookie);
    }
}
