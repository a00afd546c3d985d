package social.dunlin.removal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.oauth.SessionService;
import social.dunlin.oauth.TokenService;

/** A local account leaves: nobody acts in its name any more, and every server that is known learns of it. */
@ApplicationScoped
class Farewells {
    private final Domains domains;
    private final TokenService tokens;
    private final SessionService sessions;
    private final Deliveries deliveries;

    Farewells(Domains domains, TokenService tokens, SessionService sessions, Deliveries deliveries) {
        this.domains = domains;
        this.tokens = tokens;
        this.sessions = sessions;
        this.deliveries = deliveries;
    }

    /** In the caller's transaction: tokens and sessions end, what waits to be delivered is dropped, Delete{Person} is sent. */
    void leave(Account account) {
        account.userId().ifPresent(userId -> {
            tokens.revokeAllOf(userId, account.id());
            sessions.closeAllOf(userId, account.id());
        });
        Uris uris = new Uris(domains.byId(account.domainId().orElseThrow()).baseUrl());
        ObjectNode delete = Activities.deleteActor(uris.actorDelete(account.username()), account.uri());
        deliveries.farewell(new OutgoingActivity(account.id(), delete.get("id").textValue(), account.uri(), delete.toString()));
    }

    /** It is back: a last word that has not gone yet stays unsaid. */
    void returned(Account account) {
        deliveries.forget(account.id());
    }
}
