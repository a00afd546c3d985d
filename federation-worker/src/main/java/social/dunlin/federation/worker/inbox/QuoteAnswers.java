package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.federation.object.Authority;
import social.dunlin.status.RemoteQuotes;

/** Accept and Reject of our requests to quote (FEP-044f). Only the quoted author can answer. */
@ApplicationScoped
class QuoteAnswers {
    private final RemoteQuotes quotes;

    QuoteAnswers(RemoteQuotes quotes) {
        this.quotes = quotes;
    }

    boolean concerns(Incoming incoming) {
        return quoteOf(incoming).isPresent();
    }

    /** The quote of ours: by the id of our request, else by the post in an embedded one. */
    private OptionalLong quoteOf(Incoming incoming) {
        ApReference request = incoming.activity().object();
        if (request == null) {
            return OptionalLong.empty();
        }
        ApActivity embedded = request.embedded() == null ? null : Vocabulary.activity(request.embedded());
        ApReference instrument = embedded == null || !embedded.type().equals("QuoteRequest") ? null : embedded.instrument();
        return quotes.asked(incoming.sender().id(), request.id(), instrument == null ? null : instrument.id());
    }

    /** Only a stamp that lives with the author can be one; its text is fetched from there, whatever is embedded. */
    void accept(Incoming incoming) {
        ApReference stamp = incoming.activity().result();
        if (stamp != null && Authority.mayAssert(incoming.sender().uri(), stamp.id())) {
            quoteOf(incoming).ifPresent(statusId -> quotes.approved(statusId, stamp.id()));
        }
    }

    void reject(Incoming incoming) {
        quoteOf(incoming).ifPresent(quotes::refused);
    }
}
