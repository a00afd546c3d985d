package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.actor.RemoteActors;
import social.dunlin.relationship.FollowerMoves;

/**
 * An account elsewhere moves. The old one says so by signing the Move, or by {@code movedTo} when the new one sends it
 * (FEP-7628, pull mode); the new one says so by naming the old one in {@code alsoKnownAs}, which is read anew. A new
 * account that has moved on itself is not followed further (hostile input 56).
 */
@ApplicationScoped
class MoveHandler implements ActivityHandler {
    private final Relevance relevance;
    private final AccountStore accounts;
    private final RemoteActors actors;
    private final FollowerMoves moves;

    MoveHandler(Relevance relevance, AccountStore accounts, RemoteActors actors, FollowerMoves moves) {
        this.relevance = relevance;
        this.accounts = accounts;
        this.actors = actors;
        this.moves = moves;
    }

    @Override
    public String type() {
        return "Move";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        String old = incoming.activity().objectId();
        String target = target(incoming);
        String sender = incoming.sender().uri();
        if (old == null || target == null || old.equals(target) || !sender.equals(old) && !sender.equals(target)) {
            return new Verdict.Ignored("it is not about the sender");
        }
        Optional<Account> moving = accounts.byUri(old).filter(account -> !account.isLocal());
        return Verdict.when(moving.isPresent() && relevance.isRelatedHere(moving.get().id()), "nobody here knows the account");
    }

    private static String target(Incoming incoming) {
        return incoming.activity().target() == null ? null : incoming.activity().target().id();
    }

    @Override
    public void apply(Incoming incoming) {
        boolean pushed = incoming.sender().uri().equals(incoming.activity().objectId());
        Optional<Account> target = current(target(incoming), incoming);
        Optional<Account> old = pushed ? Optional.of(incoming.sender()) : target.flatMap(found -> current(incoming.activity().objectId(), incoming));
        if (target.isPresent() && old.isPresent() && isLinked(old.get(), target.get(), pushed)) {
            moves.move(old.get(), target.get());
        }
    }

    /** As its server describes it now; accounts here are what they are. */
    private Optional<Account> current(String uri, Incoming incoming) {
        Optional<Account> local = accounts.byUri(uri).filter(Account::isLocal);
        if (local.isPresent()) {
            return local;
        }
        return actors.fetch(uri, incoming.budget()) instanceof ActorFetch.Found(Account account) ? Optional.of(account) : Optional.empty();
    }

    private static boolean isLinked(Account old, Account target, boolean pushed) {
        boolean said = pushed || old.movedToId().isPresent() && old.movedToId().getAsLong() == target.id();
        return said && target.alsoKnownAs().contains(old.uri()) && !target.hasMoved() && !target.isSuspended();
    }
}
