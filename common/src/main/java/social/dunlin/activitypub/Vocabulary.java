package social.dunlin.activitypub;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** From a tolerant view to a typed record. Total: every object becomes one, {@link ApOther} if nothing else. */
public final class Vocabulary {
    private static final int MAXIMUM_ITEMS = 1000;

    private Vocabulary() {
    }

    public static ApEntity read(ApObject object) {
        List<String> types = object.types();
        if (anyOf(types, ActivityStreams.ACTORS)) {
            return ActorReader.read(object);
        }
        if (anyOf(types, ActivityStreams.COLLECTIONS)) {
            return collection(object);
        }
        if (types.contains("Tombstone")) {
            return new ApTombstone(object.id(), object.string("formerType"), object.date("deleted"), object);
        }
        if (anyOf(types, ActivityStreams.ACTIVITIES)) {
            return activity(object);
        }
        if (anyOf(types, ActivityStreams.POSTS)) {
            return NoteReader.read(object);
        }
        return ofUnknownType(object);
    }

    /** Unknown types are told apart by what they carry: Feed actors, new activities, posts of other programs. */
    private static ApEntity ofUnknownType(ApObject object) {
        if (object.has("inbox") && (object.has("preferredUsername") || object.has("publicKey"))) {
            return ActorReader.read(object);
        }
        if (object.has("actor") && object.has("object")) {
            return activity(object);
        }
        if (object.has("attributedTo") && (object.has("content") || object.has("contentMap") || object.has("name"))) {
            return NoteReader.read(object);
        }
        if (object.has("items") || object.has("orderedItems")) {
            return collection(object);
        }
        return new ApOther(object.id(), object.type(), object);
    }

    private static boolean anyOf(List<String> types, Set<String> known) {
        return types.stream().anyMatch(known::contains);
    }

    public static ApActor actor(ApObject object) {
        return ActorReader.read(object);
    }

    public static ApNote note(ApObject object) {
        return NoteReader.read(object);
    }

    public static ApActivity activity(ApObject object) {
        return new ApActivity(object.id(), firstKnown(object.types(), ActivityStreams.ACTIVITIES), object.id("actor"),
                object.references("object").stream().limit(MAXIMUM_ITEMS).toList(), object.reference("target"),
                object.reference("origin"), object.reference("instrument"), object.reference("result"),
                object.addresses("to"), object.addresses("cc"), object.addresses("audience"), reaction(object),
                object.string("summary"), TagReader.read(object), object.date("published"), object.date("updated"),
                object);
    }

    private static String reaction(ApObject object) {
        String content = object.string("content");
        return content != null ? content : object.string("_misskey_reaction");
    }

    public static ApCollection collection(ApObject object) {
        List<ApReference> items = object.references(object.has("orderedItems") ? "orderedItems" : "items");
        ApReference first = object.reference("first");
        return new ApCollection(object.id(), firstKnown(object.types(), ActivityStreams.COLLECTIONS),
                object.number("totalItems"), first, object.id("next"), object.id("partOf"),
                object.ids("attributedTo"), items.stream().limit(MAXIMUM_ITEMS).toList(), object);
    }

    static String firstKnown(List<String> types, Set<String> known) {
        return types.stream().filter(known::contains).findFirst().orElse(types.isEmpty() ? "" : types.getFirst());
    }

    /** Scheme-less host with port, in lower case, of an http(s) id; null for anything else. */
    static String hostOf(String id) {
        if (id == null) {
            return null;
        }
        String lower = id.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
        if (start < 0) {
            return null;
        }
        int end = start;
        while (end < lower.length() && "/?#\\".indexOf(lower.charAt(end)) < 0) {
            end++;
        }
        String host = lower.substring(start, end);
        return host.isEmpty() || host.indexOf('@') >= 0 ? null : host;
    }
}
