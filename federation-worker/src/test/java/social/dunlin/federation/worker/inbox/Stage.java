package social.dunlin.federation.worker.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.ApEntity;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApPoll;
import social.dunlin.activitypub.ApReference;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.id.ObjectUri;
import social.dunlin.id.Snowflakes;
import social.dunlin.testing.Village;

/**
 * Sets up what a document takes for granted before it is received: its author is known and followed by Alice; whom and what
 * it is about is there, here when such activities are about people and posts of ours.
 */
final class Stage {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private final InboxWorld inbox;

    Stage(InboxWorld inbox) {
        this.inbox = inbox;
    }

    void before(ApActivity activity) {
        boolean passedOn = activity.type().equals("Announce") && activity.objects().stream().anyMatch(Stage::isActivity);
        long sender = sender(activity, passedOn || activity.actor().matches(".*/(c|m|category|communities)/[^/]+") ? "Group" : "Person");
        inbox.database.execute("insert into follow (account_id, target_account_id) values ($1, $2) on conflict do nothing", Village.ALICE, sender);
        featured(activity, sender);
        for (ApReference object : activity.objects()) {
            if (passedOn && isActivity(object)) {
                ApActivity inner = Vocabulary.activity(object.embedded());
                featured(inner, sender);
                passedOn(inner, sender);
            } else {
                about(activity, object, sender);
            }
        }
    }

    /** Who tells of itself is known under its name. */
    private long sender(ApActivity activity, String type) {
        ApReference object = activity.object();
        return object != null && object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActor actor
            ? account(activity.actor(), type, false, actor.preferredUsername(), null) : remote(activity.actor(), type);
    }

    private static boolean isActivity(ApReference object) {
        return object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApActivity;
    }

    /** Where the document says the pinned posts are, if its sender may have them there. */
    private void featured(ApActivity activity, long sender) {
        String target = activity.target() == null ? null : activity.target().id();
        if (target != null && target.matches(".*/(featured|pinned)")) {
            inbox.database.execute("update account set featured_url = $2 where id = $1 and starts_with($2, uri || '/')", sender, target);
        }
    }

    private void about(ApActivity activity, ApReference object, long sender) {
        switch (activity.type()) {
            case "Follow", "Block" -> local(object.id());
            case "Like", "Dislike", "EmojiReact" -> post(object.id(), Village.ALICE, true);
            case "Announce" -> post(object.id(), authorAt(object), false);
            case "Update", "Delete", "Add", "Remove" -> {
                if (object.id() != null && !object.id().equals(activity.actor())) {
                    // With a reason it is a moderator's.
                    post(object.id(), activity.type().equals("Delete") && activity.summary() != null ? authorAt(object) : sender, false);
                    poll(object);
                }
                if (activity.type().equals("Remove")) {
                    inbox.database.execute("insert into status_pin (account_id, status_id) select $2, id from status where uri = $1", object.id(), sender);
                }
            }
            case "Create" -> vote(object);
            case "Accept", "Reject" -> askedToFollow(activity, object, sender);
            case "Undo" -> undone(object, sender);
            case "Move" -> home(activity);
            case "Flag" -> {
                long accused = local(activity.objects().stream().map(ApReference::id).filter(Stage::isPerson).findFirst().orElse(null));
                if (!isPerson(object.id())) {
                    post(object.id(), accused, true);
                }
            }
            default -> { }
        }
    }

    private static boolean isPerson(String uri) {
        return uri != null && uri.matches(".*/(u|users|actors)/[^/]*");
    }

    private void poll(ApReference object) {
        if (object.embedded() != null && Vocabulary.read(object.embedded()) instanceof ApNote note && note.poll() != null) {
            inbox.database.execute("""
                insert into poll (id, status_id, account_id, options, tallies)
                select id, id, account_id, $2::text[], array_fill(0, array[array_length($2::text[], 1)]) from status where uri = $1""",
                note.id(), note.poll().options().stream().map(ApPoll.Option::title).toArray(String[]::new));
        }
    }

    /** The inner activity's author is known; what it is about stands in the community. */
    private void passedOn(ApActivity inner, long group) {
        long author = remote(inner.actor(), "Person");
        ApActivity subject = inner.type().equals("Undo") && isActivity(inner.object()) ? Vocabulary.activity(inner.object().embedded()) : inner;
        String uri = subject.objectId();
        if (uri == null || inner.type().equals("Update") && uri.equals(inner.actor())) {
            return;
        }
        boolean byAuthor = List.of("Create", "Update").contains(inner.type());
        post(uri, byAuthor ? author : authorAt(subject.object()), false);
        inbox.database.execute("insert into mention (status_id, account_id, silent) select id, $2, true from status where uri = $1 on conflict do nothing", uri, group);
        if (!inner.type().equals("Create")) {
            inbox.database.execute("update status set group_account_id = $2 where uri = $1", uri, group);
        }
        if (subject != inner && subject.type().equals("Like")) {
            favourite(uri, author, subject.id());
        }
    }

    private void vote(ApReference object) {
        ApEntity entity = object.embedded() == null ? null : Vocabulary.read(object.embedded());
        if (entity instanceof ApNote note && note.isVote()) {
            post(note.inReplyTo(), Village.ALICE, true);
            inbox.database.execute("""
                insert into poll (id, status_id, account_id, options, tallies, multiple, expires_at)
                select id, id, account_id, array[$2, 'something else'], '{0,0}', true, now() + interval '1 day' from status where uri = $1""",
                note.inReplyTo(), note.name());
        }
    }

    private void askedToFollow(ApActivity activity, ApReference object, long sender) {
        boolean follow = isActivity(object) && object.embedded().isA("Follow");
        long asking = follow ? local(Vocabulary.activity(object.embedded()).actor()) : Village.ALICE;
        boolean answersPost = activity.result() != null || activity.target() != null || object.id() != null && object.id().matches(".*/(statuses|objects)/.*");
        if (follow || object.embedded() == null && !answersPost) {
            inbox.database.execute("delete from follow where account_id = $1 and target_account_id = $2", asking, sender);
            inbox.database.execute("insert into follow_request (account_id, target_account_id, uri) values ($1, $2, $3) on conflict do nothing",
                asking, sender, object.id());
        }
    }

    /** What is undone by its id alone is taken for a like. */
    private void undone(ApReference object, long sender) {
        if (!isActivity(object)) {
            post("https://village.example/undone", Village.ALICE, true);
            favourite("https://village.example/undone", sender, object.id());
            return;
        }
        ApActivity undone = Vocabulary.activity(object.embedded());
        String uri = undone.objectId();
        switch (undone.type()) {
            case "Follow" -> inbox.database.execute("insert into follow (account_id, target_account_id, uri) values ($1, $2, $3) on conflict do nothing",
                sender, local(uri), undone.id());
            case "Block" -> inbox.database.execute("insert into block (account_id, target_account_id, uri) values ($1, $2, $3) on conflict do nothing",
                sender, local(uri), undone.id());
            case "Like" -> {
                post(uri, Village.ALICE, true);
                favourite(uri, sender, undone.id());
            }
            case "Announce" -> {
                post(uri, authorAt(undone.object()), false);
                post(undone.id(), sender, false);
                inbox.database.execute("update status set reblog_of_id = original.id from status original where status.uri = $1 and original.uri = $2",
                    undone.id(), uri);
            }
            case "Delete" -> inbox.database.execute("insert into tombstone (uri, actor_uri) values ($1, $2)", uri, undone.actor());
            default -> { }
        }
    }

    private void home(ApActivity move) {
        if (move.target() != null && !move.target().id().equals(move.objectId())) {
            inbox.database.execute("update account set also_known_as = array[$2] where id = $1", local(move.target().id()), move.objectId());
        }
    }

    void favourite(String postUri, long accountId, String uri) {
        inbox.database.execute("insert into favourite (account_id, status_id, uri) select $2, id, $3 from status where uri = $1 on conflict do nothing",
            postUri, accountId, uri);
    }

    long local(String uri) {
        return account(uri, "Person", true, null, null);
    }

    long remote(String uri, String type) {
        return account(uri, type, false, null, null);
    }

    /** Known under this handle, so that no WebFinger is needed. */
    long remote(String uri, String username, String host) {
        return account(uri, "Person", false, username, host);
    }

    private long account(String uri, String type, boolean local, String username, String host) {
        Optional<ObjectUri> parsed = ObjectUri.tryParse(uri);
        if (parsed.isEmpty() || uri.endsWith("#Public")) {
            return Village.IVAN;
        }
        long id = Snowflakes.next();
        inbox.database.execute("""
            insert into account (id, domain_id, user_id, username, host, uri, actor_type, inbox_url, followers_url, fetched_at, updated_at)
            values ($1, case when $2 then (select min(id) from domain) end, case when $2 then $9::bigint end, $3, $4, $5, $6, $7, $8, now(), $10)
            on conflict do nothing""", id, local, username == null ? "p" + id : username, host == null ? parsed.get().host().value() : host,
            uri, type, uri + "/inbox", uri + "/followers", Village.BOB, LONG_AGO);
        return inbox.database.first("select id from account where uri = $1", row -> row.getLong("id"), uri).orElseThrow();
    }

    private long authorAt(ApReference object) {
        Optional<ObjectUri> uri = ObjectUri.tryParse(object.id());
        return uri.isEmpty() ? Village.IVAN : remote(uri.get().origin() + "/its-author", "Person");
    }

    private void post(String uri, long author, boolean local) {
        if (uri == null || ObjectUri.tryParse(uri).isEmpty()) {
            return;
        }
        long id = Snowflakes.next();
        inbox.database.execute("insert into conversation (id) values ($1)", id);
        inbox.database.execute("""
            insert into status (id, account_id, uri, url, local, visibility, content, conversation_id, created_at)
            values ($1, $2, $3, $3, $4, 'public', '<p>before</p>', $1, $5) on conflict do nothing""", id, author, uri, local, LONG_AGO);
    }
}
