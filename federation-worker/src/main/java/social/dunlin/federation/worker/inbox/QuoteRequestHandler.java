package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.QuoteDocuments.Asked;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.federation.object.RemoteObjects;
import social.dunlin.queue.JobFailure;
import social.dunlin.status.RemoteQuotes;
import social.dunlin.status.RemoteStatuses;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.StoredStatus;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/**
 * Somebody elsewhere asks to quote a post of ours (FEP-044f). Its author's policy answers, with a stamp or a Reject. What
 * the asker may not see gets no answer: that would tell that it is there.
 */
@ApplicationScoped
class QuoteRequestHandler implements ActivityHandler {
    private static final Duration ANOTHER_TRY = Duration.ofMinutes(1);

    private final StatusStore statuses;
    private final StatusVisibility visibility;
    private final RemoteQuotes quotes;
    private final RemoteObjects objects;
    private final RemoteStatuses remoteStatuses;

    QuoteRequestHandler(StatusStore statuses, StatusVisibility visibility, RemoteQuotes quotes, RemoteObjects objects, RemoteStatuses remoteStatuses) {
        this.statuses = statuses;
        this.visibility = visibility;
        this.quotes = quotes;
        this.objects = objects;
        this.remoteStatuses = remoteStatuses;
    }

    @Override
    public String type() {
        return "QuoteRequest";
    }

    /** The quoting post must live where the asker does. */
    @Override
    public Verdict verify(Incoming incoming) {
        ApReference instrument = incoming.activity().instrument();
        if (instrument == null || !Authority.mayAssert(incoming.sender().uri(), instrument.id())) {
            return new Verdict.Ignored("the quoting post is not the sender's own");
        }
        return Verdict.when(quoted(incoming).isPresent(), "no post here that the sender may see");
    }

    private Optional<Status> quoted(Incoming incoming) {
        String uri = incoming.activity().objectId();
        return uri == null ? Optional.empty() : statuses.byUri(uri)
            .filter(status -> status.local() && !status.isReblog() && visibility.maySee(Viewer.of(incoming.sender().id()), status));
    }

    @Override
    public void apply(Incoming incoming) {
        Status quoted = quoted(incoming).orElse(null);
        if (quoted == null) {
            return;
        }
        Account asker = incoming.sender();
        Asked request = new Asked(incoming.activity().id(), asker.uri(), quoted.uri(), incoming.activity().instrument().id());
        if (!quotes.mayQuote(asker, quoted)) {
            quotes.deny(asker, request, quoted);
            return;
        }
        ApNote note = instrument(incoming).orElseThrow(() -> JobFailure.retryAfter(ANOTHER_TRY, "The quoting post cannot be had yet"));
        boolean quotesIt = note.quote() != null && quoted.uri().equals(note.quote().target());
        Optional<Status> quoting = quotesIt ? stored(note, incoming) : Optional.empty();
        if (quoting.isPresent()) {
            quotes.grant(asker, request, quoting.get(), quoted);
        } else {
            quotes.deny(asker, request, quoted);
        }
    }

    /** Given whole by its author, or fetched from its own address. */
    private Optional<ApNote> instrument(Incoming incoming) {
        ApReference instrument = incoming.activity().instrument();
        String asker = incoming.sender().uri();
        if (instrument.embedded() != null && Vocabulary.read(instrument.embedded()) instanceof ApNote embedded && Authority.mayAssert(asker, embedded)) {
            return Optional.of(embedded);
        }
        return objects.fetchNote(instrument.id(), incoming.budget()).filter(note -> Authority.mayAssert(asker, note));
    }

    private Optional<Status> stored(ApNote note, Incoming incoming) {
        return switch (remoteStatuses.store(objects.clean(note, null, incoming.sender(), incoming.budget()))) {
            case StoredStatus.Stored(long id, boolean fresh) -> statuses.byId(id);
            case StoredStatus.Tombstoned tombstoned -> Optional.empty();
            case StoredStatus.Refused refused -> Optional.empty();
        };
    }
}
