package social.dunlin.api.activitypub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import social.dunlin.account.Account;
import social.dunlin.activitypub.QuoteDocuments;
import social.dunlin.activitypub.TombstoneDocument;
import social.dunlin.api.access.Access;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.Level;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.QuoteService;
import social.dunlin.status.QuoteService.Stamp;

/**
 * The stamps under quotes of local people's posts (FEP-044f): whoever sees such a quote checks it here. They name two
 * posts and say nothing of either, so everybody may read them.
 */
@Path("/users/{name}/quote_authorizations/{id: [0-9]{1,19}}")
@RunOnVirtualThread
public class QuoteAuthorizationResource {
    private final Caller caller;
    private final LocalActors actors;
    private final QuoteService quotes;
    private final SignedRequests signatures;

    public QuoteAuthorizationResource(Caller caller, LocalActors actors, QuoteService quotes, SignedRequests signatures) {
        this.caller = caller;
        this.actors = actors;
        this.quotes = quotes;
        this.signatures = signatures;
    }

    /** 410 once it is taken back, 404 when there is none or one of the posts is gone. */
    @GET
    @Access(Level.SIGNATURE)
    public Response stamp(@PathParam("name") String name, @PathParam("id") String id) {
        Account author = actors.existing(caller.domain(), name);
        signatures.viewerIfKnown();
        Stamp stamp = quotes.stamp(author, number(id)).orElseThrow(Refusal::notFound);
        return switch (stamp.state()) {
            case ACCEPTED -> ActivityPubNegotiation.document(
                QuoteDocuments.authorization(stamp.uri(), author.uri(), stamp.quotingUri(), stamp.quotedUri()));
            case REVOKED -> ActivityPubNegotiation.gone(TombstoneDocument.of(stamp.uri(), "QuoteAuthorization", null));
            case PENDING, REJECTED, DELETED, UNAUTHORIZED -> throw Refusal.notFound();
        };
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException tooLong) {
            throw Refusal.notFound();
        }
    }
}
