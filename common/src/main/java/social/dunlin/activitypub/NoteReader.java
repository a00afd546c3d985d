package social.dunlin.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import social.dunlin.text.Language;

/** Reads posts of every type. */
final class NoteReader {
    private static final int MAXIMUM_OPTIONS = 500;

    private NoteReader() {
    }

    static ApNote read(ApObject object) {
        Map<String, String> contentMap = object.languageMap("contentMap");
        String content = textOr(object, "content", contentMap);
        List<String> authors = object.ids("attributedTo");
        return new ApNote(object.id(), Vocabulary.firstKnown(object.types(), ActivityStreams.POSTS),
                author(object.id(), authors.isEmpty() ? object.ids("actor") : authors), authors,
                object.addresses("to"), object.addresses("cc"), object.addresses("audience"),
                textOr(object, "name", object.languageMap("nameMap")),
                textOr(object, "summary", object.languageMap("summaryMap")), content, contentMap,
                language(object, content, contentMap), sourceText(object), MediaReader.pageUrl(object),
                object.date("published"), object.date("updated"), object.id("inReplyTo"),
                object.id("conversation"), object.id("context"), object.isTrue("sensitive"),
                object.bool("commentsEnabled"), MediaReader.attachments(object), TagReader.read(object),
                MediaReader.image(object, "image"), poll(object), quote(object), object.reference("replies"),
                object.reference("likes"), object.reference("shares"), object.object("interactionPolicy"),
                object.date("startTime"), object.date("endTime"), object);
    }

    private static String author(String id, List<String> authors) {
        String host = Vocabulary.hostOf(id);
        return authors.stream().filter(author -> host != null && host.equals(Vocabulary.hostOf(author))).findFirst()
                .orElse(authors.isEmpty() ? null : authors.getFirst());
    }

    static String textOr(ApObject object, String name, Map<String, String> map) {
        String text = object.string(name);
        return text != null || map.isEmpty() ? text : map.values().iterator().next();
    }

    /** The key whose text is the content, else the first key; then a tagged value, Lemmy's member, the context's. */
    private static String language(ApObject object, String content, Map<String, String> contentMap) {
        for (Map.Entry<String, String> entry : contentMap.entrySet()) {
            if (entry.getValue().equals(content)) {
                return Language.normalise(entry.getKey());
            }
        }
        String language = contentMap.isEmpty() ? object.languageOf("content") : contentMap.keySet().iterator().next();
        return language != null ? Language.normalise(language) : declaredLanguage(object);
    }

    /** {@code language} as text or as {@code {identifier}}, or {@code @language} of the document's context. */
    static String declaredLanguage(ApObject object) {
        for (JsonNode value : object.values("language")) {
            String code = value instanceof ObjectNode json ? new ApObject(json).string("identifier") : value.asText(null);
            if (Language.normalise(code) != null) {
                return Language.normalise(code);
            }
        }
        for (ApObject context : object.objects("@context")) {
            JsonNode code = context.json().get("@language");
            if (code != null && code.isTextual()) {
                return Language.normalise(code.textValue());
            }
        }
        return null;
    }

    private static ApSourceText sourceText(ApObject object) {
        for (JsonNode value : object.values("source")) {
            if (value.isTextual()) {
                return new ApSourceText(object.string("source"), null);
            }
            if (value instanceof ObjectNode json && new ApObject(json).string("content") != null) {
                ApObject source = new ApObject(json);
                return new ApSourceText(source.string("content"), MediaReader.mediaType(source));
            }
        }
        String misskey = object.string("_misskey_content");
        return misskey == null ? null : new ApSourceText(misskey, "text/x.misskeymarkdown");
    }

    private static ApPoll poll(ApObject object) {
        boolean multiple = object.has("anyOf") && !object.values("anyOf").isEmpty();
        List<ApPoll.Option> options = new ArrayList<>();
        for (ApObject option : object.objects(multiple ? "anyOf" : "oneOf")) {
            String title = textOr(option, "name", option.languageMap("nameMap"));
            title = title != null ? title : option.string("content");
            if (title != null && options.size() < MAXIMUM_OPTIONS) {
                options.add(new ApPoll.Option(title, votes(option)));
            }
        }
        if (options.isEmpty()) {
            return null;
        }
        return new ApPoll(multiple, List.copyOf(options), earlier(object.date("endTime"), object.date("closed")),
                object.isTrue("closed"), atLeastZero(object.number("votersCount")));
    }

    private static Instant earlier(Instant first, Instant second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.isBefore(second) ? first : second;
    }

    private static Long votes(ApObject option) {
        ApObject replies = option.object("replies");
        Long told = replies == null ? null : replies.number("totalItems");
        return atLeastZero(told != null ? told : option.number("_misskey_votes"));
    }

    private static Long atLeastZero(Long count) {
        return count == null ? null : Math.max(0, count);
    }

    /** In the order of federation reference §3.8. */
    private static ApQuote quote(ApObject object) {
        String authorization = object.id("quoteAuthorization");
        ApObject embedded = object.object("quote");
        if (embedded != null && embedded.isA("Tombstone")) {
            return new ApQuote(null, ApQuote.Form.QUOTE, authorization);
        }
        if (object.id("quote") != null) {
            return new ApQuote(object.id("quote"), ApQuote.Form.QUOTE, authorization);
        }
        if (object.id("_misskey_quote") != null) {
            return new ApQuote(object.id("_misskey_quote"), ApQuote.Form.MISSKEY, authorization);
        }
        for (String name : List.of("quoteUrl", "quoteURL")) {
            if (object.id(name) != null) {
                return new ApQuote(object.id(name), ApQuote.Form.QUOTE_URL, authorization);
            }
        }
        if (object.id("quoteUri") != null) {
            return new ApQuote(object.id("quoteUri"), ApQuote.Form.QUOTE_URI, authorization);
        }
        return quoteOfLinkTag(object, authorization);
    }

    private static ApQuote quoteOfLinkTag(ApObject object, String authorization) {
        for (ApTag tag : TagReader.read(object)) {
            if (tag instanceof ApTag.Link link && isQuote(link)) {
                return new ApQuote(link.href(), ApQuote.Form.LINK_TAG, authorization);
            }
        }
        return null;
    }

    /** By its relation; the example in FEP-e232 has none and says it in its name. */
    private static boolean isQuote(ApTag.Link link) {
        return link.rel() != null ? link.rel().matches("(?s).*[#/:_]quote\\b.*")
                : link.name() != null && link.name().startsWith("RE: ") && link.mediaType() != null
                && (link.mediaType().startsWith("application/ld+json") || link.mediaType().startsWith("application/activity+json"));
    }
}
