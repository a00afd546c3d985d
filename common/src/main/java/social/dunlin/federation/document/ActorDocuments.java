package social.dunlin.federation.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.InstanceActors;
import social.dunlin.account.ProfileFields;
import social.dunlin.activitypub.ActorDocument;
import social.dunlin.activitypub.ActorView;
import social.dunlin.activitypub.ApField;
import social.dunlin.activitypub.ApImage;
import social.dunlin.activitypub.ApTag;
import social.dunlin.activitypub.InstanceActorDocument;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.Multikey;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.refusal.Refusal;

/** The actors we serve. */
@ApplicationScoped
public class ActorDocuments {
    private final Database database;
    private final Domains domains;
    private final AccountStore accounts;
    private final CustomEmojiStore emojis;
    private final InstanceActors instanceActors;
    private final MediaUrls urls;

    public ActorDocuments(Database database, Domains domains, AccountStore accounts, CustomEmojiStore emojis, InstanceActors instanceActors,
            MediaUrls urls) {
        this.database = database;
        this.domains = domains;
        this.accounts = accounts;
        this.emojis = emojis;
        this.instanceActors = instanceActors;
        this.urls = urls;
    }

    /** Of a local account. */
    public ObjectNode of(Account account) {
        return ActorDocument.of(view(account));
    }

    public ActorView view(Account account) {
        Domain domain = domains.byId(account.domainId().orElseThrow());
        Uris uris = new Uris(domain.baseUrl());
        List<Key> keys = keys(account.id());
        return new ActorView(uris, domain.name(), account.username(), account.actorType(), account.displayName(), account.note(),
            rsa(keys),
            keys.stream().filter(key -> key.algorithm.equals("ed25519")).findFirst().flatMap(ActorDocuments::multibase).orElse(null),
            picture(uris, account.avatarBlob(), account.avatarDescription()),
            picture(uris, account.headerBlob(), account.headerDescription()),
            ProfileFields.read(account.fields()).stream().map(field -> new ApField(field.name(), field.value())).toList(),
            emojiTags(uris, account.emojis()), account.alsoKnownAs(), movedTo(account.movedToId()), account.locked(),
            Boolean.TRUE.equals(account.discoverable()), account.indexable(), account.suspendedAt() != null, account.memorial(),
            List.of(), account.createdAt());
    }

    /** The instance actor of a served domain. */
    public ObjectNode instanceActor(Domain domain) {
        return InstanceActorDocument.of(new Uris(domain.baseUrl()), rsa(keys(instanceActors.of(domain).id())));
    }

    /** As they stand in {@code tag}: our own emoji of these codes. */
    public List<ApTag> emojiTags(Uris uris, List<String> codes) {
        List<ApTag> tags = new ArrayList<>();
        emojis.byKeys(codes.stream().map(code -> new CustomEmoji.Key("", code)).toList()).values()
            .forEach(emoji -> tags.add(tag(uris, emoji)));
        return tags;
    }

    static ApTag tag(Uris uris, CustomEmoji emoji) {
        return new ApTag.Emoji(uris.base() + "/emojis/" + emoji.shortcode(), emoji.shortcode(), emoji.url(), null, null);
    }

    private record Key(String algorithm, String publicKey) {
    }

    /** Index: account_key_by_account. */
    private List<Key> keys(long accountId) {
        return database.list("select algorithm, public_key from account_key where account_id = $1 order by created_at desc",
            row -> new Key(row.getString("algorithm"), row.getString("public_key")), accountId);
    }

    /** An account without keys cannot be an actor to anybody; only bare SQL makes one. */
    private static String rsa(List<Key> keys) {
        return keys.stream().filter(key -> key.algorithm.equals("rsa")).map(Key::publicKey).findFirst().orElseThrow(Refusal::notFound);
    }

    private static Optional<String> multibase(Key key) {
        Optional<PublicKey> publicKey = Keys.readPublicPem(key.publicKey);
        return publicKey.map(Multikey::encode);
    }

    private String movedTo(OptionalLong id) {
        return id.isEmpty() ? null : accounts.byId(id.getAsLong()).map(Account::uri).orElse(null);
    }

    private ApImage picture(Uris uris, String blob, String description) {
        return blob == null ? null : new ApImage(urls.of(uris.base(), blob), BlobKey.parse(blob).contentType(), description.isEmpty() ? null : description, null);
    }
}
