package social.dunlin.api.access;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import social.dunlin.oauth.AccessToken;

/** Applies the limits that concern a request and tells the client about the tightest of them. */
@Singleton
public class RequestLimits {
    /** Microseconds are part of the form that clients know. */
    private static final DateTimeFormatter RESET = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Pattern PAGE = Pattern.compile("(?:^|&)(?:max_id|since_id|min_id)=");

    private final RoutingContext route;
    private final Caller caller;
    private final RateLimits limits;

    public RequestLimits(RoutingContext route, Caller caller, RateLimits limits) {
        this.route = route;
        this.caller = caller;
        this.limits = limits;
    }

    /** Once the caller is known. Refuses with 429. */
    void apply(Limited own) {
        if (!limits.isEnabled()) {
            return;
        }
        String network = RateLimits.network(caller.ip());
        List<RateLimits.Usage> usages = new ArrayList<>();
        if (caller.token().isPresent()) {
            AccessToken token = caller.token().get();
            usages.add(limits.count(Limit.TOKEN, Long.toString(token.id())));
            if (token.userId().isPresent()) {
                usages.add(limits.count(Limit.USER, Long.toString(token.userId().getAsLong())));
            }
        } else {
            usages.add(limits.count(Limit.ANONYMOUS, network));
        }
        String who = caller.token().map(token -> "token " + token.id()).orElse(network);
        if (isPage()) {
            usages.add(limits.count(Limit.PAGE, who));
        }
        if (own != null && !own.value().isOfAccount()) {
            usages.add(limits.count(own.value(), who));
        }
        report(usages.stream().min(Comparator.comparingInt(RateLimits.Usage::remaining)).orElseThrow());
        if (own != null && own.value().isOfAccount()) {
            report(limits.count(own.value(), "account " + caller.accountId()));
        }
    }

    private boolean isPage() {
        String query = route.request().query();
        return query != null && PAGE.matcher(query).find();
    }

    /** For tries to log in. Refuses with 429. */
    public void applyToLogIn(String name) {
        limits.count(Limit.LOG_IN_ADDRESS, RateLimits.network(caller.ip())).refuseExcess();
        limits.count(Limit.LOG_IN_NAME, name).refuseExcess();
    }

    /** For other servers, before it is known who asks. Refuses with 429. */
    void applyToServer() {
        limits.count(Limit.SERVER_ADDRESS, RateLimits.network(caller.ip())).refuseExcess();
    }

    /** For pages by which somebody does what clients do. Refuses with 429. */
    public void applyToAccount(Limit limit) {
        limits.count(limit, "account " + caller.accountId()).refuseExcess();
    }

    /** For pages that do something a stranger may do rarely. Refuses with 429. */
    public void applyByAddress(Limit limit) {
        limits.count(limit, RateLimits.network(caller.ip())).refuseExcess();
    }

    private void report(RateLimits.Usage usage) {
        HttpServerResponse response = route.response();
        response.putHeader("X-RateLimit-Limit", Integer.toString(usage.limit().count()));
        response.putHeader("X-RateLimit-Remaining", Integer.toString(Math.max(0, usage.remaining())));
        response.putHeader("X-RateLimit-Reset", RESET.format(usage.reset()));
        usage.refuseExcess();
    }
}
