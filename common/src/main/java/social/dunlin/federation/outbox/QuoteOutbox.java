package social.dunlin.federation.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.QuoteDocuments;
import social.dunlin.activitypub.QuoteDocuments.Asked;
import social.dunlin.activitypub.Uris;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.document.NoteDocuments;
import social.dunlin.id.Snowflakes;
import social.dunlin.status.Status;

/** What is said about quotes (FEP-044f), written as deliveries in the caller's transaction. Nothing when nobody remote is concerned. */
@ApplicationScoped
public class QuoteOutbox {
    private final Domains domains;
    private final AccountStore accounts;
    private final NoteDocuments notes;
    private final Deliveries deliveries;

    public QuoteOutbox(Domains domains, AccountStore accounts, NoteDocuments notes, Deliveries deliveries) {
        this.domains = domains;
        this.accounts = accounts;
        this.notes = notes;
        this.deliveries = deliveries;
    }

    /** The id under which the quote in a local post is asked for. */
    public String requestUri(Account quoting, long quotingStatusId) {
        return uris(quoting).quoteRequest(quoting.username(), quotingStatusId);
    }

    /** The id of the stamp for a quote of a local person's post. */
    public String stampUri(Account quoted, long quotingStatusId) {
        return uris(quoted).quoteAuthorization(quoted.username(), quotingStatusId);
    }

    /** Asks the remote author. Goes before the post's Create: its subject is the same. */
    public void requested(Status quoting, Account author, Status quoted, String requestUri) {
        Account asked = accounts.byId(quoted.accountId()).orElseThrow();
        send(author.id(), quoting.uri(), QuoteDocuments.request(requestUri, author.uri(), quoted.uri(), asked.uri(), notes.view(quoting)),
            Audience.of(asked.id()));
    }

    public void accepted(Account quoted, Account asker, Asked request, String stampUri) {
        String id = uris(quoted).acceptQuote(quoted.username(), Snowflakes.next());
        send(quoted.id(), request.instrument(), QuoteDocuments.accept(id, quoted.uri(), request, stampUri), Audience.of(asker.id()));
    }

    public void rejected(Account quoted, Account asker, Asked request) {
        String id = uris(quoted).rejectQuote(quoted.username(), Snowflakes.next());
        send(quoted.id(), request.instrument(), QuoteDocuments.reject(id, quoted.uri(), request), Audience.of(asker.id()));
    }

    /** A local author takes a stamp back: told to the quoting author and to whoever may have been shown the quote by us. */
    public void revoked(Account quoted, Status quoting, String stampUri) {
        List<Long> readers = quoting.local() ? List.of(quoted.id(), quoting.accountId()) : List.of(quoted.id());
        send(quoted.id(), quoting.uri(), QuoteDocuments.revocation(stampUri + "#delete", quoted.uri(), stampUri),
            Audience.of(quoting.accountId()).andMentionedIn(quoting.id()).andInteractedWith(quoting.id()).andFollowersOf(readers));
    }

    private Uris uris(Account local) {
        return new Uris(domains.byId(local.domainId().orElseThrow()).baseUrl());
    }

    private void send(long accountId, String subject, ObjectNode activity, Audience audience) {
        deliveries.send(new OutgoingActivity(accountId, activity.get("id").textValue(), subject, activity.toString()), audience);
    }
}
