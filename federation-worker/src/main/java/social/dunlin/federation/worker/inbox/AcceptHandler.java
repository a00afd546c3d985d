package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.relationship.RemoteRelationships;

/** The followed account says yes; only it can. So may a quoted author (FEP-044f). */
@ApplicationScoped
class AcceptHandler implements ActivityHandler {
    private final LocalPeople people;
    private final RemoteRelationships relationships;
    private final QuoteAnswers quotes;

    AcceptHandler(LocalPeople people, RemoteRelationships relationships, QuoteAnswers quotes) {
        this.people = people;
        this.relationships = relationships;
        this.quotes = quotes;
    }

    @Override
    public String type() {
        return "Accept";
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(people.followerOf(incoming.sender(), incoming.activity().object()).isPresent() || quotes.concerns(incoming),
            "it answers no follow and no request of ours");
    }

    @Override
    public void apply(Incoming incoming) {
        people.followerOf(incoming.sender(), incoming.activity().object())
            .ifPresent(follower -> relationships.receiveAccept(incoming.sender().id(), follower));
        quotes.accept(incoming);
    }
}
