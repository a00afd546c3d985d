import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import social.dunlin.database.Database;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.OutgoingRequest;
import social.dunlin.id.ObjectUri;

/** Other servers, all of them on this machine: people who send signed posts, and inboxes at any address of 127.0.0.0/8 that take everything. */
final class LoopbackPeer {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ACTORS = 50;
    private static final int HOSTS = 10;

    final AtomicLong received = new AtomicLong();
    private final KeyPair key = Keys.generateRsa();
    private final int port;
    private final String receiver;
    private final String home;
    private int posts;

    private record Actor(String uri, String keyId) {
    }

    private final List<Actor> actors = new ArrayList<>();

    LoopbackPeer(Vertx vertx, String receiver) throws Exception {
        this(vertx, receiver, receiver);
    }

    /** @param receiver the base address whose inbox gets the posts; @param home the one that its people are named by */
    LoopbackPeer(Vertx vertx, String receiver, String home) throws Exception {
        this.receiver = receiver;
        this.home = home;
        AtomicInteger chosen = new AtomicInteger();
        vertx.deployVerticle(() -> new Inboxes(chosen), new DeploymentOptions().setInstances(2)).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        this.port = chosen.get();
    }

    /** The body counts, what is in it does not. */
    private final class Inboxes extends AbstractVerticle {
        private final AtomicInteger chosen;

        Inboxes(AtomicInteger chosen) {
            this.chosen = chosen;
        }

        @Override
        public void start(io.vertx.core.Promise<Void> started) {
            // Port -1 is one free port shared by all instances.
            vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(120).setAcceptBacklog(4096)).requestHandler(request -> request.endHandler(end -> {
                received.incrementAndGet();
                request.response().setStatusCode(202).end();
            })).listen(-1, "0.0.0.0").<Void>map(server -> {
                chosen.set(server.actualPort());
                return null;
            }).onComplete(started);
        }
    }

    /** An inbox of a host of its own. */
    String inbox(int host) {
        return "http://127.1.%d.%d:%d/inbox".formatted(host / 250, 1 + host % 250, port);
    }

    /** Fifty people on ten servers, known to the node and followed by three of its own people each. */
    void introduce(Database database, List<String> localNames) {
        for (int number = 0; number < ACTORS; number++) {
            String uri = "http://127.2.0.%d:%d/users/actor%d".formatted(1 + number % HOSTS, port, number);
            actors.add(new Actor(uri, uri + "#main-key"));
            database.execute("""
                insert into account (id, uri, username, host, inbox_url, shared_inbox_url, followers_url, fetched_at)
                values ($1, $2, $3, $4, $5, $6, $7, now())""", 1000L + number, uri, "actor" + number, "127.2.0.%d:%d".formatted(1 + number % HOSTS, port),
                uri + "/inbox", "http://127.2.0.%d:%d/inbox".formatted(1 + number % HOSTS, port), uri + "/followers");
            database.execute("insert into account_key (key_id, account_id, algorithm, public_key) values ($1, $2, 'rsa', $3)",
                uri + "#main-key", 1000L + number, Keys.writePublicPem(key.getPublic()));
            for (int follower = 0; follower < 3; follower++) {
                database.execute("""
                    insert into follow (account_id, target_account_id)
                    select id, $2 from account where username = $1 and domain_id is not null""", localNames.get((number + follower) % localNames.size()), 1000L + number);
            }
        }
    }

    /** Distinct signed posts by all of them in turn: half with a tag, each tenth with a mention of somebody there. */
    List<HttpRequest> posts(int count, String mentioned) throws Exception {
        List<HttpRequest> requests = new ArrayList<>(count);
        ObjectUri inbox = ObjectUri.parse(receiver + "/inbox");
        for (int index = 0; index < count; index++) {
            int number = posts++;
            Actor actor = actors.get(number % actors.size());
            byte[] body = JSON.writeValueAsBytes(create(actor, number, mentioned));
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(inbox.value())).header("Content-Type", "application/activity+json")
                .header("User-Agent", "Peer/1.0 (+http://127.2.0.1/)").header("Accept-Encoding", "gzip").POST(HttpRequest.BodyPublishers.ofByteArray(body));
            for (Header header : new CavageSigner(actor.keyId, key.getPrivate(), Clock.systemUTC()).sign(new OutgoingRequest("POST", inbox, body))) {
                request.header(header.name(), header.value());
            }
            requests.add(request.build());
        }
        return requests;
    }

    /** As Mastodon writes it. */
    private ObjectNode create(Actor actor, int number, String mentioned) {
        String id = actor.uri + "/statuses/" + (117_000_000_000_000_000L + number);
        String now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        ObjectNode create = JSON.createObjectNode();
        ArrayNode context = create.putArray("@context").add("https://www.w3.org/ns/activitystreams");
        context.addObject().put("ostatus", "http://ostatus.org#").put("atomUri", "ostatus:atomUri").put("conversation", "ostatus:conversation")
            .put("sensitive", "as:sensitive").put("toot", "http://joinmastodon.org/ns#").put("Hashtag", "as:Hashtag");
        create.put("id", id + "/activity").put("type", "Create").put("actor", actor.uri).put("published", now);
        create.putArray("to").add("https://www.w3.org/ns/activitystreams#Public");
        ArrayNode copies = create.putArray("cc").add(actor.uri + "/followers");
        ObjectNode note = create.putObject("object");
        note.put("id", id).put("type", "Note").putNull("summary").putNull("inReplyTo").put("published", now)
            .put("url", actor.uri.replace("/users/", "/@") + "/" + number).put("attributedTo", actor.uri);
        note.putArray("to").add("https://www.w3.org/ns/activitystreams#Public");
        ArrayNode noteCopies = note.putArray("cc").add(actor.uri + "/followers");
        note.put("sensitive", false).put("atomUri", id).putNull("inReplyToAtomUri").put("conversation", "tag:127.2.0.1,2026:objectId=" + number + ":objectType=Conversation");
        ArrayNode tags = JSON.createArrayNode();
        String text = "Post number " + number + ": the tide is out, and the dunlins run along the edge of the water as they do every morning";
        if (number % 2 == 0) {
            String tag = "tag" + number % 40;
            tags.addObject().put("type", "Hashtag").put("href", "http://127.2.0.1/tags/" + tag).put("name", "#" + tag);
            text += " <a href=\"http://127.2.0.1/tags/" + tag + "\" class=\"mention hashtag\" rel=\"tag\">#<span>" + tag + "</span></a>";
        }
        if (number % 10 == 0) {
            String person = home + "/users/" + mentioned;
            tags.addObject().put("type", "Mention").put("href", person).put("name", "@" + mentioned);
            copies.add(person);
            noteCopies.add(person);
            text += " <span class=\"h-card\"><a href=\"" + person + "\" class=\"u-url mention\">@<span>" + mentioned + "</span></a></span>";
        }
        note.put("content", "<p>" + text + "</p>");
        note.putObject("contentMap").put("en", "<p>" + text + "</p>");
        note.putArray("attachment");
        note.set("tag", tags);
        note.putObject("replies").put("id", id + "/replies").put("type", "Collection");
        return create;
    }

    /** Sends them all, some at a time, and ends when the last was taken. */
    static void send(List<HttpRequest> requests, int connections) throws Exception {
        AtomicInteger next = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(connections);
        List<Exception> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int connection = 0; connection < connections; connection++) {
            Thread.startVirtualThread(() -> {
                try {
                    for (int number = next.getAndIncrement(); number < requests.size(); number = next.getAndIncrement()) {
                        HttpResponse<String> response = HTTP.send(requests.get(number), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                        if (response.statusCode() != 202) {
                            throw new IllegalStateException(response.statusCode() + " " + response.body());
                        }
                    }
                } catch (Exception failure) {
                    failures.add(failure);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
