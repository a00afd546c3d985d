package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApTag;
import social.dunlin.database.Database;

/** Whether what arrives concerns anybody here. The rest is dropped: we are not everybody's archive. */
@ApplicationScoped
class Relevance {
    private final Database database;

    Relevance(Database database) {
        this.database = database;
    }

    /** Follows still waiting count: the Accept may be overtaken by the first post. Indexes: follow_of_target, follow_request_of_target. */
    boolean isFollowedHere(long accountId) {
        return database.exists("""
            select from follow join account on account.id = follow.account_id and account.domain_id is not null
            where follow.target_account_id = $1
            union all
            select from follow_request join account on account.id = follow_request.account_id and account.domain_id is not null
            where follow_request.target_account_id = $1
            limit 1""", accountId);
    }

    /** Somebody here follows it, wants to, blocks or mutes it. Indexes: as above, block_of_target, mute_of_target. */
    boolean isRelatedHere(long accountId) {
        return isFollowedHere(accountId) || database.exists("""
            select from block join account on account.id = block.account_id and account.domain_id is not null
            where block.target_account_id = $1
            union all
            select from mute where target_account_id = $1
            limit 1""", accountId);
    }

    boolean isKnown(String statusUri) {
        return database.exists("select from status where uri = $1", statusUri);
    }

    /** It answers a post known here, quotes one of ours, or names somebody here. Indexes: status_uri, account_uri, account_url. */
    boolean concernsUs(ApNote note, Incoming incoming) {
        List<String> named = Stream.of(note.to().stream(), note.cc().stream(), incoming.activity().to().stream(),
                incoming.activity().cc().stream(), note.mentions().stream().map(ApTag.Mention::href))
            .flatMap(stream -> stream).filter(address -> address != null).distinct().limit(500).toList();
        return isFollowedHere(incoming.sender().id()) || database.exists("""
            select from status where uri = $1
            union all
            select from status where uri = $3 and local
            union all
            select from account where domain_id is not null and uri = any($2)
            union all
            select from account where domain_id is not null and url = any($2) and url is not null
            limit 1""", note.inReplyTo(), named.toArray(String[]::new), note.quote() == null ? null : note.quote().target());
    }

    /** The same for a post by itself. Indexes: status_uri, account_uri. */
    boolean concernsUs(ApNote note, String authorUri) {
        List<String> named = Stream.of(note.to().stream(), note.cc().stream(), note.mentions().stream().map(ApTag.Mention::href))
            .flatMap(stream -> stream).filter(address -> address != null).distinct().limit(500).toList();
        return database.exists("""
            select from status where uri = $1
            union all
            select from status where uri = $4 and local
            union all
            select from account where domain_id is not null and uri = any($2)
            union all
            select from account author join follow on follow.target_account_id = author.id
            join account follower on follower.id = follow.account_id and follower.domain_id is not null
            where author.uri = $3
            limit 1""", note.inReplyTo(), named.toArray(String[]::new), authorUri,
            note.quote() == null ? null : note.quote().target());
    }
}
