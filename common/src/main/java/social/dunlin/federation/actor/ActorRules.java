package social.dunlin.federation.actor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApActor;
import social.dunlin.activitypub.ApImage;
import social.dunlin.activitypub.ApMultikey;
import social.dunlin.activitypub.ApPublicKey;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.Multikey;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.HtmlSanitizer;
import social.dunlin.text.PlainText;
import social.dunlin.text.SafeUrl;

/**
 * What an actor's document may say (federation reference §2.2, §10). The inbox must live where the actor lives, or the
 * actor is refused; every other address elsewhere is dropped. Keys count only when they name this actor as their owner.
 */
final class ActorRules {
    private static final Set<String> TYPES = Set.of("Person", "Service", "Group", "Organization", "Application");
    /** An instance actor's name is its host, with the port where there is one. */
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}_]+([.\\-]+[\\p{L}\\p{N}_]+)*(:[0-9]{1,5})?");
    private static final int MAXIMUM_USERNAME = 128;
    private static final int MAXIMUM_NAME = 2048;
    private static final int MAXIMUM_NOTE = 20_000;
    private static final int MAXIMUM_FIELDS = 50;
    private static final int MAXIMUM_FIELD = 2047;
    private static final int MAXIMUM_ALIASES = 256;
    private static final int MAXIMUM_EMOJIS = 100;
    private static final int MAXIMUM_KEYS = 10;

    private ActorRules() {
    }

    /** Why an actor is refused; for the log. */
    record Refusal(String reason) {
    }

    /** The handle as WebFinger confirmed it. */
    record Handle(String username, String host) {
        @Override
        public String toString() {
            return username + "@" + host;
        }
    }

    /** The reason to refuse the document, if there is one. */
    static Optional<Refusal> refusal(ApActor actor) {
        Optional<ObjectUri> id = ObjectUri.tryParse(actor.id());
        if (id.isEmpty()) {
            return refuse("no usable id");
        }
        if (!TYPES.contains(actor.type())) {
            return refuse("no actor type");
        }
        if (!isUsername(actor.preferredUsername())) {
            return refuse("no usable preferredUsername");
        }
        if (atHome(id.get()).negate().test(actor.inbox())) {
            return refuse(actor.inbox() == null ? "no inbox" : "its inbox is not on its own host");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(String reason) {
        return Optional.of(new Refusal(reason));
    }

    static boolean isUsername(String name) {
        return name != null && name.length() <= MAXIMUM_USERNAME && USERNAME.matcher(name).matches();
    }

    /** The handle an actor claims: its {@code webfinger} member (FEP-2c59), else its name at its id's host. */
    static Handle claimedHandle(ApActor actor) {
        Handle ownHost = new Handle(actor.preferredUsername(), ObjectUri.parse(actor.id()).host().value());
        if (actor.webfinger() == null) {
            return ownHost;
        }
        String handle = actor.webfinger().replaceFirst("^(acct:)?@?", "");
        int at = handle.indexOf('@');
        if (at < 1 || !isUsername(handle.substring(0, at))) {
            return ownHost;
        }
        return Host.tryParse(handle.substring(at + 1)).map(host -> new Handle(handle.substring(0, at), host.value())).orElse(ownHost);
    }

    /** The document as it is stored; {@link #refusal} was asked before. */
    static RemoteActor clean(ApActor actor, Handle handle) {
        ObjectUri id = ObjectUri.parse(actor.id());
        ApImage icon = actor.icon();
        ApImage image = actor.image();
        return new RemoteActor(actor.id(), actor.type(), handle.username(), handle.host(), home(id, actor.url()),
            PlainText.plainText(actor.name(), MAXIMUM_NAME),
            actor.summary() == null ? "" : HtmlSanitizer.sanitize(PlainText.truncate(actor.summary(), MAXIMUM_NOTE)),
            fields(actor), pictureUrl(icon), pictureText(icon), pictureUrl(image), pictureText(image), emojis(actor),
            actor.manuallyApprovesFollowers(), actor.discoverable(), Boolean.TRUE.equals(actor.indexable()), false,
            actor.memorial(), actor.suspended(),
            actor.alsoKnownAs().stream().filter(alias -> ObjectUri.tryParse(alias).isPresent()).limit(MAXIMUM_ALIASES).toList(),
            actor.attributionDomains().stream().map(Host::tryParse).flatMap(Optional::stream).map(Host::value).limit(MAXIMUM_ALIASES).toList(),
            actor.inbox(), home(id, actor.sharedInbox()), home(id, actor.outbox()), home(id, actor.followers()),
            home(id, actor.following()), home(id, actor.featured()), actor.movedTo(), actor.published(), keys(actor, id));
    }

    private static Predicate<String> atHome(ObjectUri id) {
        return address -> isPlainAscii(address)
            && ObjectUri.tryParse(address).filter(uri -> uri.sameOrigin(id)).isPresent();
    }

    /** The address when it is on the actor's own host, else null. */
    private static String home(ObjectUri id, String address) {
        return atHome(id).test(address) ? address : null;
    }

    /** Inboxes go over the wire as they stand, and their host is read from them in SQL. */
    private static boolean isPlainAscii(String address) {
        return address != null && address.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    private static String pictureUrl(ApImage picture) {
        return picture == null ? null : SafeUrl.http(picture.url());
    }

    private static String pictureText(ApImage picture) {
        return picture == null ? "" : PlainText.plainText(picture.description(), MAXIMUM_NAME);
    }

    /** As the column keeps them: {@link social.dunlin.account.ProfileField} in JSON. */
    private static String fields(ApActor actor) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        actor.fields().stream().limit(MAXIMUM_FIELDS).forEach(field -> fields.addObject()
            .put("name", PlainText.plainText(field.name(), MAXIMUM_FIELD))
            .put("value", HtmlSanitizer.sanitize(PlainText.truncate(Objects.requireNonNullElse(field.value(), ""), MAXIMUM_FIELD)))
            .putNull("source").putNull("verifiedAt"));
        return fields.toString();
    }

    /** The custom emoji of its name and profile that can be shown, each code once. */
    private static List<RemoteActor.Emoji> emojis(ApActor actor) {
        Map<String, RemoteActor.Emoji> emojis = new LinkedHashMap<>();
        actor.emojis().stream().limit(MAXIMUM_EMOJIS).forEach(emoji -> {
            String icon = SafeUrl.http(emoji.url());
            EmojiCode.of(emoji.code()).filter(code -> icon != null)
                .ifPresent(code -> emojis.putIfAbsent(code.code(), new RemoteActor.Emoji(code.code(), emoji.id(), icon)));
        });
        return List.copyOf(emojis.values());
    }

    /** Keys that say they belong to this actor and live where it lives; by id, the first wins. */
    private static List<RemoteActor.Key> keys(ApActor actor, ObjectUri id) {
        Map<String, RemoteActor.Key> keys = new LinkedHashMap<>();
        Stream<Optional<RemoteActor.Key>> published = actor.publicKeys().stream().map(key -> key(actor, id, key));
        Stream<Optional<RemoteActor.Key>> multikeys = actor.assertionMethods().stream().map(key -> key(actor, id, key));
        Stream.concat(published, multikeys).flatMap(Optional::stream).limit(MAXIMUM_KEYS).forEach(key -> keys.putIfAbsent(key.keyId(), key));
        return new ArrayList<>(keys.values());
    }

    private static Optional<RemoteActor.Key> key(ApActor actor, ObjectUri id, ApPublicKey key) {
        boolean owned = key.owner() == null || key.owner().equals(actor.id());
        return owned ? key(id, key.id(), Keys.readPublicPem(key.pem())) : Optional.empty();
    }

    private static Optional<RemoteActor.Key> key(ApActor actor, ObjectUri id, ApMultikey key) {
        boolean owned = actor.id().equals(key.controller());
        return owned ? key(id, key.id(), Multikey.decode(key.publicKeyMultibase())) : Optional.empty();
    }

    private static Optional<RemoteActor.Key> key(ObjectUri actor, String keyId, Optional<PublicKey> key) {
        boolean home = ObjectUri.tryParse(keyId).filter(uri -> uri.sameOrigin(actor)).isPresent();
        return key.filter(usable -> home).map(usable -> new RemoteActor.Key(keyId, algorithm(usable), Keys.writePublicPem(usable)));
    }

    private static String algorithm(PublicKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "rsa";
            case "EC" -> "p256";
            default -> "ed25519";
        };
    }
}
