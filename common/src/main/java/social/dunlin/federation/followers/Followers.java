package social.dunlin.federation.followers;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.signature.FollowersDigest;
import social.dunlin.id.ObjectUri;

/** Followers told apart by the host they live at. */
@ApplicationScoped
public class Followers {
    /** Mastodon's bound too: beyond it the digests are not worth their cost. */
    private static final int MAXIMUM_FOLLOWERS = 25_000;

    private final Database database;
    private final Domains domains;

    public Followers(Database database, Domains domains) {
        this.database = database;
        this.domains = domains;
    }

    /** Ids of an account's followers at a host, deleted ones left out. Index: follow_of_target. */
    public List<String> at(long accountId, String host) {
        return database.list("""
            select account.uri from follow join account on account.id = follow.account_id
            where follow.target_account_id = $1 and split_part(account.uri, '/', 3) = $2 and account.deleted_at is null
            order by follow.id""", row -> row.getString("uri"), accountId, host);
    }

    /** {@link FollowersDigest} of them. */
    public String digest(long accountId, String host) {
        return digest(at(accountId, host));
    }

    static String digest(List<String> uris) {
        return FollowersDigest.of(uris.stream().map(ObjectUri::tryParse).flatMap(Optional::stream).toList());
    }

    /** What a local account tells each host its followers live at; nothing when they are too many. Index: follow_of_target. */
    public Map<String, SynchronizationHeader> headers(long accountId) {
        Map<String, List<String>> byHost = new HashMap<>();
        List<String> uris = database.list("""
            select account.uri from follow join account on account.id = follow.account_id
            where follow.target_account_id = $1 and account.domain_id is null and account.deleted_at is null
            limit $2""", row -> row.getString("uri"), accountId, MAXIMUM_FOLLOWERS + 1);
        if (uris.size() > MAXIMUM_FOLLOWERS) {
            return Map.of();
        }
        uris.forEach(uri -> ObjectUri.tryParse(uri).ifPresent(parsed ->
            byHost.computeIfAbsent(parsed.host().value(), host -> new ArrayList<>()).add(uri)));
        Map<String, SynchronizationHeader> headers = new LinkedHashMap<>();
        owner(accountId).ifPresent(owner -> byHost.forEach((host, followers) ->
            headers.put(host, new SynchronizationHeader(owner.collection, owner.part, digest(followers)))));
        return headers;
    }

    private record Owner(String collection, String part) {
    }

    private Optional<Owner> owner(long accountId) {
        return database.first("select username, domain_id from account where id = $1 and domain_id is not null", row -> {
            Uris uris = new Uris(domains.byId(row.getLong("domain_id")).baseUrl());
            return new Owner(uris.followers(row.getString("username")), uris.followersSynchronization(row.getString("username")));
        }, accountId);
    }
}
