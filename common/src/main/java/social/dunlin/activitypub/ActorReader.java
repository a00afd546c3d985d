package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import social.dunlin.text.PlainText;

/** Reads actors, within Mastodon's bounds. */
final class ActorReader {
    private static final int MAXIMUM_KEYS = 10;
    private static final int MAXIMUM_FIELDS = 50;
    private static final int MAXIMUM_FIELD_LENGTH = 2047;
    private static final int MAXIMUM_NAME = 2048;
    private static final int MAXIMUM_SUMMARY = 20_000;
    private static final int MAXIMUM_ALIASES = 256;

    private ActorReader() {
    }

    static ApActor read(ApObject object) {
        ApObject endpoints = object.object("endpoints");
        String sharedInbox = endpoints == null ? null : endpoints.id("sharedInbox");
        return new ApActor(object.id(), type(object),
                truncate(object.string("preferredUsername"), MAXIMUM_NAME), object.string("webfinger"),
                truncate(blankToNull(NoteReader.textOr(object, "name", object.languageMap("nameMap"))), MAXIMUM_NAME),
                truncate(NoteReader.textOr(object, "summary", object.languageMap("summaryMap")), MAXIMUM_SUMMARY),
                MediaReader.pageUrl(object), object.id("inbox"),
                sharedInbox != null ? sharedInbox : object.id("sharedInbox"), object.id("outbox"),
                object.id("followers"), object.id("following"), object.id("featured"), object.id("featuredTags"),
                publicKeys(object), assertionMethods(object), MediaReader.image(object, "icon"),
                MediaReader.image(object, "image"), fields(object), TagReader.read(object),
                object.ids("alsoKnownAs").stream().limit(MAXIMUM_ALIASES).toList(), object.id("movedTo"),
                object.isTrue("manuallyApprovesFollowers"), object.bool("discoverable"), object.bool("indexable"),
                object.isTrue("suspended"), object.isTrue("memorial"), attributionDomains(object),
                object.ids("attributedTo"), NoteReader.declaredLanguage(object), object.date("published"),
                object.date("updated"), object.object("interactionPolicy"), object);
    }

    /** A feed of PieFed gathers communities and is followed like one. */
    private static String type(ApObject object) {
        String type = Vocabulary.firstKnown(object.types(), ActivityStreams.ACTORS);
        return type.equals("Feed") ? "Group" : type;
    }

    private static String truncate(String text, int length) {
        return text == null ? null : PlainText.truncate(text, length);
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static List<String> attributionDomains(ApObject object) {
        Set<String> domains = new LinkedHashSet<>(object.strings("attributionDomains"));
        return domains.stream().filter(domain -> domain.length() <= 253).limit(MAXIMUM_ALIASES).toList();
    }

    static List<ApPublicKey> publicKeys(ApObject object) {
        List<ApPublicKey> keys = new ArrayList<>();
        for (JsonNode value : object.values("publicKey")) {
            if (keys.size() == MAXIMUM_KEYS) {
                break;
            }
            if (value instanceof ObjectNode json) {
                ApObject key = new ApObject(json);
                keys.add(new ApPublicKey(key.id(), key.id("owner"), key.string("publicKeyPem")));
            } else if (ApObject.idOf(value) != null) {
                keys.add(new ApPublicKey(ApObject.idOf(value), null, null));
            }
        }
        return List.copyOf(keys);
    }

    private static List<ApMultikey> assertionMethods(ApObject object) {
        return object.objects("assertionMethod").stream()
                .filter(key -> key.isA("Multikey") && key.string("publicKeyMultibase") != null)
                .map(key -> new ApMultikey(key.id(), key.id("controller"), key.string("publicKeyMultibase")))
                .limit(MAXIMUM_KEYS).toList();
    }

    private static List<ApField> fields(ApObject object) {
        List<ApField> fields = new ArrayList<>();
        for (ApObject field : object.objects("attachment")) {
            String name = field.string("name");
            String value = field.string("value");
            if (field.isA("PropertyValue") && name != null && value != null && fields.size() < MAXIMUM_FIELDS) {
                fields.add(new ApField(PlainText.truncate(name, MAXIMUM_FIELD_LENGTH),
                        PlainText.truncate(value, MAXIMUM_FIELD_LENGTH)));
            }
        }
        return List.copyOf(fields);
    }
}
