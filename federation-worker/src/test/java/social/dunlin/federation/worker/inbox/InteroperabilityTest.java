package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.ApCollection;
import social.dunlin.activitypub.ApEntity;
import social.dunlin.activitypub.ApNote;
import social.dunlin.activitypub.ApOther;
import social.dunlin.activitypub.ApTombstone;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.ActorFetch;
import social.dunlin.federation.fetch.Budgets;
import social.dunlin.federation.fetch.Fetched;
import social.dunlin.federation.object.Authority;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.GoldenFile;

/**
 * Real documents of more than forty programs, each received as its kind is received: activities by the inbox, posts and
 * actors as if fetched from their ids. What must come of each is pinned, and summed up by platform for the documentation.
 */
@ExtendWith(DatabaseExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InteroperabilityTest {
    private static final Path FIXTURES = Path.of(System.getProperty("dunlin.test.shared")).resolve("fixtures/activitypub");
    private static final AtomicInteger SCRUBBED = new AtomicInteger();

    private InboxWorld inbox;

    @BeforeAll
    void begin(Database database, Vertx vertx, PgConnectOptions options) {
        inbox = new InboxWorld(database, vertx, options);
        // Who signs fetches must outlive the transactions that are undone.
        inbox.federation.instanceActors.of(inbox.federation.domains.defaultDomain());
    }

    @AfterAll
    void end() {
        inbox.close();
    }

    /** A document and where it is from. */
    private record Fixture(String file, String platform, String kind) {
    }

    /** What came of a document, and which handler saw to it. */
    private record Outcome(String verb, String who, List<String> details) {
        String line() {
            return verb + "\t" + who + "\t" + String.join(" | ", details);
        }
    }

    private static List<Fixture> fixtures() throws IOException {
        return Files.readAllLines(FIXTURES.resolve("INDEX.tsv")).stream().skip(1).map(line -> line.split("\t", -1))
            .map(columns -> new Fixture(columns[0], columns[1], columns[2])).sorted(Comparator.comparing(Fixture::file)).toList();
    }

    @Test
    void whatComesOfEveryDocumentIsPinned() throws Exception {
        Map<Fixture, Outcome> outcomes = new LinkedHashMap<>();
        for (Fixture fixture : fixtures()) {
            outcomes.put(fixture, outcome(fixture));
        }
        assertTrue(outcomes.size() >= 600, "fixtures are missing");
        GoldenFile.check(Path.of("interoperability.tsv"), outcomes.entrySet().stream()
            .map(entry -> entry.getKey().file + "\t" + entry.getKey().kind + "\t" + entry.getValue().line())
            .map(line -> line.replaceAll("[\\r\\n]", " ")).collect(Collectors.joining("\n", "file\tkind\toutcome\tby\tdetails\n", "\n")));
        GoldenFile.checkFile(Path.of("../docs/interoperability.md"), Tables.of(outcomes));
        assertEquals(List.of(), outcomes.entrySet().stream().filter(entry -> entry.getValue().verb.equals("failed"))
            .map(entry -> entry.getKey().file + " " + entry.getValue()).toList());
    }

    private Outcome outcome(Fixture fixture) throws IOException {
        String text = Files.readString(FIXTURES.resolve(fixture.file), StandardCharsets.ISO_8859_1);
        if (!fixture.file.endsWith(".json")) {
            return new Outcome("not received", "", List.of(noObject(fixture)));
        }
        try {
            return received(fixture, Vocabulary.read(ActivityJson.parse(filledIn(fixture.file, text).getBytes(StandardCharsets.ISO_8859_1))));
        } catch (MalformedDocument malformed) {
            return new Outcome("refused", "", List.of(malformed.getMessage()));
        }
    }

    /** Some projects keep their samples with places to be filled in. */
    private static String filledIn(String file, String text) {
        SCRUBBED.set(0);
        // The object of these is their (innermost) actor.
        Matcher actor = Pattern.compile("\"actor\": \"([^\"]+)\"(?!(?s:.*)\"actor\")").matcher(text);
        int ofActor = !file.matches("mbin/.*(Update|Delete)(User|Magazine)\\.json") || !actor.find() ? 0 : file.contains("Announce") ? 3 : 2;
        String named = text.replace("{{domain}}", "sample.example").replace("{{subdomain}}", "sub.sample.example").replace("{{nickname}}", "somebody")
            .replace("{{status_id}}", "1").replace("{{LOCAL_POST_URL}}", "https://village.example/users/alice/statuses/1")
            .replaceAll("\\{\\{(activity_id|ap_id|object_id)}}", "https://sample.example/$1").replace("SCRUBBED_DATE", "2026-01-02T03:04:05+00:00");
        return Pattern.compile("SCRUBBED_ID").matcher(named).replaceAll(match -> SCRUBBED.incrementAndGet() == ofActor
            ? subject(file, actor.group(1)) : "https://kbin.test/scrubbed/" + SCRUBBED.get());
    }

    private static String subject(String file, String actor) {
        return file.endsWith("Magazine.json") ? "https://kbin.test/m/test" : actor;
    }

    /** Thrown to leave nothing behind. */
    private static final class Undone extends RuntimeException {
        private final transient Outcome outcome;

        Undone(Outcome outcome) {
            super(null, null, false, false);
            this.outcome = outcome;
        }
    }

    private static String noObject(Fixture fixture) {
        return switch (fixture.kind) {
            case "context" -> "contexts are not looked at";
            case "JRD", "host-meta XRD" -> "asked for when looking somebody up";
            case "nodeinfo", "nodeinfo-index" -> "says what a server is";
            case "HTTP dump", "raw text" -> "parts of HTTP, no document alone";
            default -> "neither post, actor nor activity";
        };
    }

    private Outcome received(Fixture fixture, ApEntity entity) {
        if (entity instanceof ApOther) {
            return new Outcome("not received", "", List.of(noObject(fixture)));
        }
        try {
            inbox.database.transaction(() -> {
                throw new Undone(onStage(entity));
            });
            throw new AssertionError("nothing was undone");
        } catch (Undone undone) {
            return undone.outcome;
        } catch (RuntimeException failure) {
            return new Outcome("failed", "", List.of(failure.toString()));
        }
    }

    private Outcome onStage(ApEntity entity) {
        return switch (entity) {
            case ApActivity activity -> activity(activity);
            case ApNote note -> post(note);
            case ApActor actor -> actor(actor);
            case ApCollection collection -> new Outcome("read", "", List.of("collection with " + collection.items().size() + " of " + collection.totalItems()));
            case ApTombstone tombstone -> new Outcome("read", "", List.of("what it stands for is gone"));
            case ApOther other -> throw new IllegalArgumentException(other.type());
        };
    }

    private Outcome activity(ApActivity activity) {
        if (activity.actor() == null || ObjectUri.tryParse(activity.actor()).isEmpty()) {
            return new Outcome("refused", "", List.of("its actor has no usable address"));
        }
        new Stage(inbox).before(activity);
        Effects effects = new Effects(inbox.database);
        InboxHandler.Reception reception = inbox.receive(activity.actor(), activity.source().json().toString());
        String handler = handlerOf(activity.type());
        return switch (reception.outcome()) {
            case DONE -> new Outcome("handled", handler, effects.described());
            case IGNORED, REPEATED -> new Outcome("ignored", handler, List.of(reception.reason()));
            case FORGED -> new Outcome("refused", "", List.of(reception.reason()));
        };
    }

    /** Handlers are found by their file's name. */
    private static String handlerOf(String type) {
        String name = switch (type) {
            case "EmojiReaction" -> "EmojiReact";
            case "Add", "Remove" -> "AddAndRemove";
            default -> type;
        } + "Handler";
        try {
            Class.forName(InboxHandler.class.getPackageName() + "." + name);
            return name;
        } catch (ClassNotFoundException none) {
            return "";
        }
    }

    private Outcome post(ApNote note) {
        Optional<ObjectUri> id = ObjectUri.tryParse(note.id());
        if (id.isEmpty() || note.attributedTo() == null) {
            return new Outcome("refused", "", List.of(id.isEmpty() ? "no usable id" : "no author"));
        }
        if (!Authority.isConsistent(note)) {
            return new Outcome("refused", "", List.of("its author lives elsewhere"));
        }
        new Stage(inbox).remote(note.attributedTo(), "Person");
        Effects effects = new Effects(inbox.database);
        boolean stored = inbox.federation.objects.ingest(new Fetched.Document(id.get(), note.source()), Budgets.forActivity()).isPresent();
        if (!Authority.isKept(note)) {
            return new Outcome(stored ? "failed" : "ignored", "", List.of(note.isVote() ? "a vote is for its poll alone" : "a story is no post"));
        }
        return stored ? new Outcome("stored", "", effects.described()) : new Outcome("failed", "", List.of("not stored"));
    }

    private Outcome actor(ApActor actor) {
        Optional<ObjectUri> id = ObjectUri.tryParse(actor.id());
        if (id.isPresent() && actor.preferredUsername() != null) {
            String claimed = actor.webfinger() == null ? "" : actor.webfinger().replaceFirst(".*@", "");
            new Stage(inbox).remote(actor.id(), actor.preferredUsername(), Host.tryParse(claimed).map(Host::value).orElse(id.get().host().value()));
        }
        Effects effects = new Effects(inbox.database);
        Fetched.Document document = new Fetched.Document(id.orElse(ObjectUri.parse("https://sample.example/")), actor.source());
        return switch (inbox.federation.actors.ingest(document, Budgets.forActivity())) {
            case ActorFetch.Found found -> new Outcome("stored", "", effects.described());
            case ActorFetch.Refused(String reason) -> new Outcome("refused", "", List.of(reason));
            case ActorFetch.Gone gone -> new Outcome("failed", "", List.of("gone"));
            case ActorFetch.Unreachable unreachable -> new Outcome("failed", "", List.of("unreachable"));
        };
    }

    /** The documentation's tables. */
    private static final class Tables {
        private record Line(String kind, String outcome) {
        }

        static String of(Map<Fixture, Outcome> outcomes) {
            Map<String, Map<Line, Integer>> platforms = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            outcomes.forEach((fixture, outcome) -> platforms.computeIfAbsent(fixture.platform, name -> new LinkedHashMap<>())
                .merge(new Line(fixture.kind, summary(outcome)), 1, Integer::sum));
            StringBuilder text = new StringBuilder("""
                # Interoperability

                <!-- Generated from real documents by InteroperabilityTest with -Ddunlin.test.rewrite=true. -->

                What comes of documents that other programs really send, as a test receives each of them: activities through the inbox, posts and actors as if fetched from their ids. The number says how many documents of the kind there are. Whatever is about somebody, or about a post, finds them here. *Refused* and *ignored* come with the reason; nothing is answered with an error. Details of each document stand in the golden file of the test.
                """);
            platforms.forEach((platform, lines) -> {
                text.append("\n## ").append(platform).append("\n| document | number | what comes of it |\n| --- | --- | --- |\n");
                lines.forEach((line, number) -> text.append("| %s | %d | %s |%n".formatted(escaped(line.kind), number, escaped(line.outcome))));
            });
            return text.toString();
        }

        private static String summary(Outcome outcome) {
            List<String> said = new ArrayList<>();
            said.add(outcome.verb + (outcome.verb.equals("handled") ? " by " + outcome.who : ""));
            outcome.details.stream().map(Tables::withoutValues).forEach(said::add);
            return said.getFirst() + (said.size() == 1 ? "" : ": " + String.join(", ", said.subList(1, said.size())));
        }

        /** Which fields were understood, not what stood in them. */
        private static String withoutValues(String detail) {
            if (!detail.contains("; ")) {
                return detail;
            }
            String[] fields = detail.split("; ");
            StringBuilder text = new StringBuilder(fields[0]);
            for (int index = 1; index < fields.length; index++) {
                int space = fields[index].indexOf(' ');
                text.append(index == 1 ? " (" : ", ").append(fields[index].startsWith("@") ? "handle"
                    : space < 0 ? fields[index] : fields[index].substring(0, space));
            }
            return text.append(')').toString();
        }

        private static String escaped(String cell) {
            return cell.replace("|", "\\|").replace("<", "&lt;").replace("{{", "{").replace("}}", "}");
        }
    }
}
