package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.testing.GoldenFile;
import social.dunlin.text.HtmlSanitizer;
import social.dunlin.text.HtmlToText;

/** Every real document at hand is read; what was understood of each is pinned, so that a change shows in review. */
class FixturesTest {
    private static final Path FIXTURES = Path.of(System.getProperty("dunlin.test.shared")).resolve("fixtures/activitypub");

    /** A document cut off, and two that name a member twice. */
    private static final Map<String, String> REFUSED = Map.of(
            "malformed/takahe-follow_activity.json", "The document is not valid JSON.",
            "fep/8a8e-11-Event.json", "The document names a member twice.",
            "pleroma/poll_attachment.json", "The document names a member twice.");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURES)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    @Test
    void everyFixtureIsReadOrRefusedForAReason() throws Exception {
        List<String> rows = new ArrayList<>();
        rows.add("file\trecord\ttype\tid\tauthor\tvisibility\tcontent\ttags\tattachments\tmore");
        Map<String, String> refused = new TreeMap<>();
        for (Path file : files()) {
            String name = FIXTURES.relativize(file).toString();
            try {
                rows.add(name + "\t" + row(Vocabulary.read(ActivityJson.parse(Files.readAllBytes(file)))));
            } catch (MalformedDocument malformed) {
                rows.add(name + "\trefused\t" + malformed.getMessage());
                refused.put(name, malformed.getMessage());
            }
        }
        assertTrue(rows.size() > 500, "fixtures are missing");
        assertEquals(REFUSED, refused);
        GoldenFile.check(Path.of("activitypub", "fixtures.tsv"), rows.stream().map(row -> row.replaceAll("[\\r\\n]", " ")).collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void contentOfEveryFixtureIsSanitisedToSomethingStable() throws Exception {
        int seen = 0;
        for (Path file : files()) {
            try {
                ApEntity entity = Vocabulary.read(ActivityJson.parse(Files.readAllBytes(file)));
                ApEntity inner = entity instanceof ApActivity activity && activity.object() != null && activity.object().embedded() != null
                        ? Vocabulary.read(activity.object().embedded()) : entity;
                if (inner instanceof ApNote note && note.content() != null) {
                    String clean = HtmlSanitizer.sanitize(note.content());
                    assertEquals(clean, HtmlSanitizer.sanitize(clean), file.toString());
                    assertEquals(HtmlToText.convert(note.content()).isBlank(), HtmlToText.convert(clean).isBlank(), file.toString());
                    seen++;
                }
            } catch (MalformedDocument malformed) {
                assertEquals(REFUSED.get(FIXTURES.relativize(file).toString()), malformed.getMessage());
            }
        }
        assertTrue(seen > 100, "too few posts: " + seen);
    }

    /** Whatever stands where, reading gives a record and no exception; the second level is reached through its parents. */
    @Test
    void readingNeverThrowsWhateverStandsUnderAName() throws Exception {
        ApObject shapes = ApObjectTest.read("""
                {'shapes':[null, '', 'x', -1, 1.5, true, {}, {'@value':{}}, {'@list':[[]]}, {'id':{}}, {'id':7,'type':[7,{}]},
                 {'href':[],'url':{'url':{}},'type':'Link'}, 'https://a.example/1', '\\u0000\\ud800']}""");
        int read = 0;
        for (Path file : files()) {
            if (REFUSED.containsKey(FIXTURES.relativize(file).toString()) || file.toString().contains("contexts")) {
                continue;
            }
            ObjectNode document = ActivityJson.parseObject(Files.readAllBytes(file));
            for (String name : document.properties().stream().map(Map.Entry::getKey).toList()) {
                for (JsonNode shape : shapes.json().get("shapes")) {
                    JsonNode list = shapes.json().arrayNode().add(shape).add(shape);
                    row(Vocabulary.read(new ApObject(document.deepCopy().set(name, shape))));
                    row(Vocabulary.read(new ApObject(document.deepCopy().set(name, list))));
                    read += 2;
                }
            }
        }
        assertTrue(read > 100_000, "only " + read);
    }

    private static String row(ApEntity entity) {
        return entity.getClass().getSimpleName() + "\t" + entity.type() + "\t" + entity.id() + "\t" + switch (entity) {
            case ApActor actor -> actor.preferredUsername() + "\t\t" + length(actor.summary()) + "\t" + tags(actor.tags()) + "\t"
                    + actor.fields().size() + " fields\tname=" + actor.name() + " inbox=" + actor.inbox() + " shared=" + actor.sharedInbox()
                    + " keys=" + keys(actor) + " icon=" + (actor.icon() != null) + " url=" + actor.url() + " aka=" + actor.alsoKnownAs().size()
                    + " published=" + actor.published();
            case ApNote note -> noteRow(note);
            case ApActivity activity -> activity.actor() + "\t" + Addressing.visibility(activity.to(), activity.cc(), activity.actor() + "/followers")
                    + "\t" + length(activity.content()) + "\t" + tags(activity.tags()) + "\t\tobjects=" + activity.objects().stream()
                    .map(FixturesTest::inner).collect(Collectors.joining(",")) + target(activity);
            case ApCollection collection -> "\t\t\t\t\ttotal=" + collection.totalItems() + " first=" + (collection.first() == null ? null
                    : collection.first().id()) + " next=" + collection.next() + " items=" + collection.items().size();
            case ApTombstone tombstone -> "\t\t\t\t\tformer=" + tombstone.formerType() + " deleted=" + tombstone.deleted();
            case ApOther _ -> "";
        };
    }

    private static String noteRow(ApNote note) {
        return note.attributedTo() + "\t" + Addressing.visibility(note, null, note.attributedTo() + "/followers") + "\t" + length(note.content())
                + "\t" + tags(note.tags()) + "\t" + note.attachments().stream().map(attachment -> (attachment.link() ? "link " : "")
                + (attachment.mediaType() == null ? attachment.type() : attachment.mediaType())).collect(Collectors.joining(","))
                + "\tname=" + note.name() + " language=" + note.language() + " url=" + note.url() + " published=" + note.published()
                + (note.inReplyTo() == null ? "" : " inReplyTo=" + note.inReplyTo()) + (note.poll() == null ? "" : " poll=" + note.poll())
                + (note.quote() == null ? "" : " quote=" + note.quote().form() + ":" + note.quote().target())
                + (note.isVote() ? " vote" : "") + (note.sourceText() == null ? "" : " source=" + note.sourceText().mediaType())
                + (note.replies() == null ? "" : " replies=" + note.replies().id());
    }

    private static String inner(ApReference reference) {
        if (reference.embedded() == null) {
            return reference.id();
        }
        ApEntity entity = Vocabulary.read(reference.embedded());
        return "{" + entity.getClass().getSimpleName() + " " + entity.type() + " " + entity.id()
                + (entity instanceof ApNote note ? " | " + noteRow(note).replace('\t', '|') : "")
                + (entity instanceof ApActivity activity ? " " + activity.actor() + " " + activity.objectId() : "") + "}";
    }

    private static String target(ApActivity activity) {
        return activity.target() == null ? "" : " target=" + activity.target().id();
    }

    private static String keys(ApActor actor) {
        return actor.publicKeys().stream().map(key -> key.id() + (key.pem() == null ? "!" : "")).collect(Collectors.joining(","));
    }

    private static String length(String text) {
        return text == null ? "-" : Integer.toString(text.length());
    }

    private static String tags(List<ApTag> tags) {
        return tags.stream().map(tag -> switch (tag) {
            case ApTag.Mention mention -> "@" + mention.href();
            case ApTag.Hashtag hashtag -> "#" + hashtag.name();
            case ApTag.Emoji emoji -> ":" + emoji.code() + ":";
            case ApTag.Link link -> "link " + link.href();
        }).collect(Collectors.joining(" "));
    }
}
