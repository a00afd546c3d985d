package social.dunlin.federation.resolve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/** Asks other servers who {@code user@host} is (RFC 7033, federation reference §1.1). */
@ApplicationScoped
public class WebFingerClient {
    private static final int MAXIMUM_BODY = 64 * 1024;
    private static final String SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe";
    private static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";

    private final GuardedHttpClient client;

    public WebFingerClient(GuardedHttpClient client) {
        this.client = client;
    }

    /** A handle as WebFinger gives it, and the actor id that stands behind it. */
    public record Finger(String username, String host, String actorUri) {
        /** Names compare without case. */
        public boolean isFor(String otherName, String otherHost) {
            return username.equalsIgnoreCase(otherName) && host.equals(otherHost);
        }
    }

    /**
     * Asks the host, and once more under the name it answers with when that is another one: only a handle that names
     * itself counts, so no host can speak for another (split domains included).
     *
     * @throws FetchException when the server cannot be had; empty when it knows nobody of the name
     */
    public Optional<Finger> find(String username, String host, FetchBudget budget) {
        Optional<Finger> first = ask(username, host, budget);
        if (first.isEmpty() || first.get().isFor(username, host)) {
            return first;
        }
        Finger claimed = first.get();
        return ask(claimed.username(), claimed.host(), budget)
            .filter(second -> second.isFor(claimed.username(), claimed.host()));
    }

    /**
     * Where people of a server go to follow or answer what lives elsewhere; with {@code {uri}} for its address. Only an
     * https address of the host's own choice, and only for the page to show: nobody is sent there unasked.
     */
    public Optional<String> interactionTemplate(String username, String host, FetchBudget budget) {
        return document(username, host, budget).flatMap(jrd -> {
            for (JsonNode link : jrd.path("links")) {
                String template = link.path("template").asText("");
                if (link.path("rel").asText().equals(SUBSCRIBE) && template.contains("{uri}") && ObjectUri.tryParse(template.replace("{uri}", "")).isPresent()) {
                    return Optional.of(template);
                }
            }
            return Optional.empty();
        });
    }

    private Optional<Finger> ask(String username, String host, FetchBudget budget) {
        return document(username, host, budget).flatMap(WebFingerClient::read);
    }

    private Optional<ObjectNode> document(String username, String host, FetchBudget budget) {
        String resource = URLEncoder.encode("acct:" + username + "@" + host, StandardCharsets.UTF_8);
        Optional<ObjectUri> address = ObjectUri.tryParse("https://" + host + "/.well-known/webfinger?resource=" + resource);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        try {
            FetchResponse response = client.get(address.get(), FetchOptions.json().within(budget).withMaximumBody(MAXIMUM_BODY));
            return Optional.of(ActivityJson.parseObject(response.body()));
        } catch (FetchException.BadStatus refused) {
            if (refused.status() >= 500 || refused.status() == 429) {
                throw refused;
            }
            return Optional.empty();
        } catch (FetchException.WrongType | MalformedDocument unusable) {
            return Optional.empty();
        }
    }

    /** What a JRD says; empty when it names no actor. */
    static Optional<Finger> read(ObjectNode jrd) {
        String subject = jrd.path("subject").asText("");
        String handle = subject.toLowerCase(Locale.ROOT).startsWith("acct:") ? subject.substring(5) : "";
        int at = handle.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        Optional<Host> host = Host.tryParse(handle.substring(at + 1));
        Optional<String> actor = self(jrd.path("links"));
        return host.isPresent() && actor.isPresent()
            ? Optional.of(new Finger(handle.substring(0, at), host.get().value(), actor.get()))
            : Optional.empty();
    }

    private static Optional<String> self(JsonNode links) {
        for (JsonNode link : links) {
            if (link.path("rel").asText().equals("self") && isActivityType(link.path("type").asText())) {
                return ObjectUri.tryParse(link.path("href").asText()).map(ObjectUri::value);
            }
        }
        return Optional.empty();
    }

    private static boolean isActivityType(String type) {
        return MediaTypes.isActivity(type) || type.startsWith("application/ld+json") && type.contains(ACTIVITY_STREAMS);
    }
}
