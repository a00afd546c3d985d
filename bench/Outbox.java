import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import social.dunlin.database.Database;

/** What one of a node's people has to say to many servers: deliveries written past the node, which hears of them afterwards. */
final class Outbox {
    private static final String BODY_TEXT = "<p>" + "The tide is out, and the dunlins run along the edge of the water. ".repeat(12) + "</p>";

    private final Database database;
    private final String base;
    private final String person;
    private final LoopbackPeer peer;
    private int activities;

    /** @param base where the node says that it lives, {@code http://localhost:PORT} */
    Outbox(Database database, String base, String person, LoopbackPeer peer) {
        this.database = database;
        this.base = base;
        this.person = person;
        this.peer = peer;
    }

    /** As {@code Deliveries} writes them, one activity for all hosts. */
    void enqueue(int count, int hosts) {
        String[] inboxes = IntStream.range(0, hosts).mapToObj(peer::inbox).toArray(String[]::new);
        List<String> uris = new ArrayList<>();
        for (int left = count; left > 0; left -= hosts) {
            uris.add(base + "/activities/" + activities++);
        }
        database.execute("""
            with activity as (
              insert into outgoing_activity (account_id, uri, body)
              select account.id, given.uri, given.body from account, unnest($1::text[], $2::text[]) as given (uri, body)
              where username = $3 and domain_id is not null returning id, uri
            )
            insert into delivery (activity_id, inbox_url, host, subject)
            select activity.id, inbox, lower(split_part(inbox, '/', 3)), activity.uri from activity, unnest($4::text[]) as inbox""",
            uris.toArray(String[]::new), uris.stream().map(this::body).toArray(String[]::new), person, inboxes);
    }

    void announce() {
        database.list("select pg_notify('dunlin', '{\"event\":\"jobs_waiting\",\"kind\":\"delivery\"}')", row -> null);
    }

    private String body(String uri) {
        String actor = base + "/users/" + person;
        return """
            {"@context":["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive","Hashtag":"as:Hashtag"}],"id":"%1$s","type":"Create",\
            "actor":"%2$s","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%2$s/followers"],"object":{"id":"%1$s/note","type":"Note",\
            "attributedTo":"%2$s","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["%2$s/followers"],"content":"%3$s"}}"""
            .formatted(uri, actor, BODY_TEXT);
    }

    long waiting() {
        return database.first("select count(*) as deliveries from delivery", row -> row.getLong("deliveries")).orElse(0L);
    }
}
