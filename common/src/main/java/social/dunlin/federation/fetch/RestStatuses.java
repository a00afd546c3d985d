package social.dunlin.federation.fetch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.federation.http.FetchBudget;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchOptions;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.id.ObjectUri;

/**
 * A post through the public client API of its own server, for what its ActivityPub document does not tell. Only where
 * the id has Mastodon's form, and only believed when the answer names the very id.
 */
@ApplicationScoped
public class RestStatuses {
    private static final Pattern MASTODON = Pattern.compile("/statuses/([0-9A-Za-z]{1,64})");
    private static final int MAXIMUM_BODY = 512 * 1024;

    private final GuardedHttpClient client;
    private final FetchFailures failures;

    public RestStatuses(GuardedHttpClient client, FetchFailures failures) {
        this.client = client;
        this.failures = failures;
    }

    public Optional<ObjectNode> get(ObjectUri status, FetchBudget budget) {
        Matcher id = MASTODON.matcher(status.requestTarget());
        Optional<ObjectUri> address = id.find() && id.end() == status.requestTarget().length()
            ? ObjectUri.tryParse(status.origin() + "/api/v1/statuses/" + id.group(1)) : Optional.empty();
        if (address.isEmpty() || failures.current(address.get().value()).isPresent()) {
            return Optional.empty();
        }
        try {
            ObjectNode json = ActivityJson.parseObject(client.get(address.get(),
                FetchOptions.json().within(budget).withMaximumBody(MAXIMUM_BODY)).body());
            return Optional.of(json).filter(found -> found.path("uri").asText("").equals(status.value()));
        } catch (FetchException | MalformedDocument none) {
            if (!(none instanceof FetchException.BudgetExhausted)) {
                failures.remember(address.get().value(), Fetched.Reason.UNUSABLE);
            }
            return Optional.empty();
        }
    }
}
