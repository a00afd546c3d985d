package social.dunlin.federation.followers;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.ApReference;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.followers.SynchronizationRequests.Request;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.id.ObjectUri;
import social.dunlin.relationship.RemoteRelationships;

/**
 * Fetches the list of those of ours whom another server takes for followers, and makes ours agree. A list that does not
 * have the digest it was announced with has changed meanwhile, or is none: then nothing is done.
 */
@ApplicationScoped
public class FollowersComparison {
    private static final Logger LOG = Logger.getLogger(FollowersComparison.class);
    private static final int MAXIMUM_FOLLOWERS = 5000;
    private static final int MAXIMUM_PAGES = 20;

    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final CollectionReader collections;
    private final RemoteRelationships relationships;
    private final Outbox outbox;

    public FollowersComparison(Database database, Domains domains, AccountStore accounts, CollectionReader collections,
            RemoteRelationships relationships, Outbox outbox) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.collections = collections;
        this.relationships = relationships;
        this.outbox = outbox;
    }

    public void compare(Request request) {
        Optional<Account> followed = accounts.byUri(request.actor()).filter(account -> !account.isLocal() && account.deletedAt() == null);
        if (followed.isEmpty() || !domains.isOwnHost(request.host())) {
            return;
        }
        CollectionReader.Members list = collections.read(new ApReference(request.url(), null), ObjectUri.parse(request.actor()),
            MAXIMUM_FOLLOWERS, MAXIMUM_PAGES, Budgets.forActivity());
        boolean ours = list.ids().stream().allMatch(id -> ObjectUri.tryParse(id).filter(uri -> uri.host().value().equals(request.host())).isPresent());
        if (!list.whole() || !ours || !Followers.digest(list.ids()).equals(request.digest())) {
            LOG.debugf("The followers of %s at %s are not compared: the list does not fit", request.actor(), request.host());
            return;
        }
        agree(followed.get(), request.host(), list.ids());
    }

    private void agree(Account followed, String host, List<String> listed) {
        Set<String> known = new HashSet<>(listed);
        List<Follower> local = local(followed.id(), host, listed);
        for (Follower follower : local) {
            boolean isListed = known.contains(follower.uri);
            switch (follower.state) {
                case FOLLOWS -> {
                    if (!isListed) {
                        relationships.receiveReject(followed.id(), follower.id);
                    }
                }
                case ASKS -> {
                    if (isListed) {
                        relationships.receiveAccept(followed.id(), follower.id);
                    }
                }
                case NOTHING -> outbox.followUndone(follower.id, followed.id(), null);
            }
        }
    }

    private enum State {
        FOLLOWS, ASKS, NOTHING
    }

    private record Follower(long id, String uri, State state) {
    }

    /** Ours who follow, have asked to, or are listed. Indexes: follow_of_target, follow_request_of_target, account_uri. */
    private List<Follower> local(long followedId, String host, List<String> listed) {
        return database.list("""
            with concerned as (
              select follow.account_id as id, 1 as state from follow where follow.target_account_id = $1
              union all
              select follow_request.account_id, 2 from follow_request where follow_request.target_account_id = $1
              union all
              select account.id, 3 from account where account.uri = any($3)
            )
            select account.id, account.uri, min(concerned.state) as state
            from concerned join account on account.id = concerned.id
            where account.domain_id is not null and account.deleted_at is null and split_part(account.uri, '/', 3) = $2
            group by account.id, account.uri""",
            row -> new Follower(row.getLong("id"), row.getString("uri"), State.values()[row.getInteger("state") - 1]),
            followedId, host, listed.toArray(String[]::new));
    }
}
