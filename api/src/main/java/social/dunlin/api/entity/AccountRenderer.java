package social.dunlin.api.entity;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.ProfileFields;
import social.dunlin.api.access.AskedDomain;
import social.dunlin.domain.Domains;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmoji.Key;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.media.BlobKinds;
import social.dunlin.media.MediaUrls;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;

/**
 * Accounts as the API shows them. A page of any size costs at most two statements: the accounts that
 * some have moved to, and the custom emoji of all.
 */
@Singleton
public class AccountRenderer {
    private static final String MISSING_AVATAR = "/avatars/original/missing.png";
    private static final String MISSING_HEADER = "/headers/original/missing.png";

    private final AccountStore accounts;
    private final CustomEmojiStore emojis;
    private final CustomEmojiRenderer emojiRenderer;
    private final MediaAddresses addresses;
    private final Domains domains;
    private final MediaUrls urls;
    private final AskedDomain asked;

    public AccountRenderer(AccountStore accounts, CustomEmojiStore emojis, CustomEmojiRenderer emojiRenderer, MediaAddresses addresses, Domains domains,
                           MediaUrls urls, AskedDomain asked) {
        this.accounts = accounts;
        this.emojis = emojis;
        this.emojiRenderer = emojiRenderer;
        this.addresses = addresses;
        this.domains = domains;
        this.urls = urls;
        this.asked = asked;
    }

    public AccountEntity render(Account account) {
        return render(List.of(account)).get(account.id());
    }

    /** The same accounts in the same order. */
    public List<AccountEntity> renderList(Collection<Account> page) {
        Map<Long, AccountEntity> entities = render(page);
        return page.stream().map(account -> entities.get(account.id())).toList();
    }

    /** By account id. */
    public Map<Long, AccountEntity> render(Collection<Account> page) {
        Map<Long, Account> moved = accounts.byIds(page.stream().filter(account -> account.movedToId().isPresent())
            .map(account -> account.movedToId().getAsLong()).distinct().toList());
        Map<Key, CustomEmoji> known = emojis.byKeys(emojiKeys(page, moved.values()));
        Map<Long, AccountEntity> result = new HashMap<>();
        for (Account account : page) {
            result.put(account.id(), entity(account, movedTo(account, moved, known), known));
        }
        return result;
    }

    /** By account id, those that exist. */
    public Map<Long, AccountEntity> renderIds(Collection<Long> ids) {
        return render(accounts.byIds(ids).values());
    }

    private AccountEntity movedTo(Account account, Map<Long, Account> moved, Map<Key, CustomEmoji> known) {
        Account target = account.movedToId().isPresent() ? moved.get(account.movedToId().getAsLong()) : null;
        return target == null ? null : entity(target, null, known);
    }

    private AccountEntity entity(Account account, AccountEntity moved, Map<Key, CustomEmoji> known) {
        // A suspended account keeps its name and counters only (reference: behaviours §4).
        boolean shown = !account.isSuspended();
        Shown avatar = shown ? picture(account, account.avatarBlob(), account.avatarRemoteUrl(), MISSING_AVATAR) : Shown.of(placeholder(account, MISSING_AVATAR));
        Shown header = shown ? picture(account, account.headerBlob(), account.headerRemoteUrl(), MISSING_HEADER) : Shown.of(placeholder(account, MISSING_HEADER));
        return new AccountEntity(
            Long.toString(account.id()), account.username(), acct(account),
            shown ? account.displayName() : "",
            shown && account.locked(), shown && account.isBot(), shown ? account.discoverable() : Boolean.FALSE,
            shown && account.indexable(), account.isGroup(),
            ApiTime.midnightOf(account.createdAt()),
            shown ? account.note() : "",
            account.pageUrl(), account.uri(),
            avatar.url, avatar.still, shown ? account.avatarDescription() : "",
            header.url, header.still, shown ? account.headerDescription() : "",
            account.followersCount(), account.followingCount(), account.statusesCount(),
            ApiTime.dateOf(account.lastStatusAt()),
            account.hideCollections(), account.showMedia(), account.showMediaReplies(), account.showFeatured(),
            account.isFeaturable() ? AccountEntity.FeatureApproval.AUTOMATIC : AccountEntity.FeatureApproval.DENIED,
            shown ? emojisOf(account, known) : List.of(),
            shown ? ProfileFields.read(account.fields()).stream().map(FieldEntity::of).toList() : List.of(),
            account.isLocal() ? !account.indexable() : null,
            account.isLocal() ? List.of() : null,
            shown ? moved : null,
            trueOrAbsent(account.memorial()), trueOrAbsent(!shown), trueOrAbsent(account.silencedAt() != null));
    }

    private static Set<Key> emojiKeys(Collection<Account> page, Collection<Account> moved) {
        Set<Key> keys = new HashSet<>();
        for (Collection<Account> group : List.of(page, moved)) {
            for (Account account : group) {
                account.emojis().forEach(code -> keys.add(new Key(emojiHost(account), code)));
            }
        }
        return keys;
    }

    private List<CustomEmojiEntity> emojisOf(Account account, Map<Key, CustomEmoji> known) {
        return emojiRenderer.render(account.emojis().stream().map(code -> known.get(new Key(emojiHost(account), code))));
    }

    private static String emojiHost(Account account) {
        return account.isLocal() ? "" : account.host();
    }

    /** A picture and the same at rest. */
    private record Shown(String url, String still) {
        static Shown of(String url) {
            return new Shown(url, url);
        }
    }

    private Shown picture(Account account, String blob, String remoteUrl, String missing) {
        if (blob != null) {
            return new Shown(urls.of(blob), urls.of(BlobKinds.stillOf(BlobKey.parse(blob)).toString()));
        }
        String address = addresses.of(remoteUrl, emojiHost(account), asked.get());
        return address == null ? Shown.of(placeholder(account, missing))
            : new Shown(address, addresses.of(remoteUrl, emojiHost(account), asked.get(), Rendition.STILL));
    }

    private String placeholder(Account account, String path) {
        return (account.isLocal() ? domains.byId(account.domainId().getAsLong()) : asked.get()).baseUrl() + path;
    }

    /** The bare name only on the account's own domain: several of ours may have an alice. */
    private String acct(Account account) {
        return account.isLocal() && account.domainId().getAsLong() == asked.get().id() ? account.username() : account.handle();
    }

    private static Boolean trueOrAbsent(boolean value) {
        return value ? Boolean.TRUE : null;
    }
}
