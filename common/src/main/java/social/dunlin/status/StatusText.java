package social.dunlin.status;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.federation.resolve.RemoteResolver;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.Hashtag;
import social.dunlin.text.MentionName;
import social.dunlin.text.PlainTextFormatter;
import social.dunlin.text.ResolvedMention;
import social.dunlin.text.TextEntities;
import social.dunlin.text.TextFormat;

/** Turns what a local author typed into the post's HTML, and says whom and what it names. */
@Singleton
class StatusText {
    /** How many unknown people one post may make us look for on other servers. */
    private static final int LOOK_UPS = 20;

    private final Database database;
    private final Domains domains;
    private final RemoteResolver resolver;
    private final StatusWriter writer;
    private final StatusPartsWriter parts;

    StatusText(Database database, Domains domains, RemoteResolver resolver, StatusWriter writer, StatusPartsWriter parts) {
        this.database = database;
        this.domains = domains;
        this.resolver = resolver;
        this.writer = writer;
        this.parts = parts;
    }

    /** @param mentions accounts named, without those the author blocks; @param emojis codes of ours that are used */
    record Written(String html, List<Account> mentions, List<Hashtag> hashtags, List<String> emojis) {
    }

    /**
     * May ask other servers about people nobody here has met, so it is called outside of a transaction. Who cannot be
     * found stays plain text.
     *
     * @param others further texts whose emojis count: warning, poll options
     */
    Written write(Account author, String text, TextFormat format, Collection<String> others) {
        Domain domain = domains.byId(author.domainId().orElseThrow());
        Uris uris = new Uris(domain.baseUrl());
        TextEntities entities = format.extract(text);
        Map<MentionName, Account> people = people(author, domain, entities.mentions());
        Map<MentionName, ResolvedMention> shown = new HashMap<>();
        people.forEach((name, account) -> shown.put(name, new ResolvedMention(account.pageUrl(), account.username(), account.handle())));
        Set<String> codes = new HashSet<>();
        entities.emojis().stream().map(EmojiCode::code).forEach(codes::add);
        others.forEach(other -> PlainTextFormatter.extract(other).emojis().stream().map(EmojiCode::code).forEach(codes::add));
        return new Written(
            format.format(text, shown, hashtag -> uris.tag(hashtag.normalised())),
            people.values().stream().distinct().toList(), entities.hashtags(), parts.ownEmojis(codes));
    }

    private Map<MentionName, Account> people(Account author, Domain domain, Set<MentionName> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<MentionName, Account> found = stored(domain, names);
        names.stream().filter(name -> !found.containsKey(name) && name.host() != null && !domains.isOwnHost(name.host()))
            .limit(LOOK_UPS)
            .forEach(name -> resolver.account(name.username(), name.host()).ifPresent(account -> found.put(name, account)));
        Set<Long> mentionable = new HashSet<>(writer.mentionable(author.id(), found.values().stream().map(Account::id).toList()));
        found.values().removeIf(account -> !mentionable.contains(account.id()));
        return found;
    }

    /** Index: account_handle. */
    private Map<MentionName, Account> stored(Domain domain, Set<MentionName> names) {
        List<MentionName> wanted = new ArrayList<>(names);
        List<String> hosts = wanted.stream().map(name -> handleDomain(domain, name)).toList();
        Map<MentionName, Account> byHandle = new HashMap<>();
        database.list("""
            select %s from unnest($1::text[], $2::text[]) as wanted (name, home)
            join (%s) on lower(account.username) = wanted.name and account.host = wanted.home""".formatted(AccountStore.COLUMNS, AccountStore.TABLES),
            AccountStore::map, wanted.stream().map(MentionName::username).toArray(String[]::new), hosts.toArray(String[]::new))
            .forEach(account -> byHandle.put(new MentionName(account.username(), account.host()), account));
        Map<MentionName, Account> found = new LinkedHashMap<>();
        for (int index = 0; index < wanted.size(); index++) {
            Account account = byHandle.get(new MentionName(wanted.get(index).username(), hosts.get(index)));
            if (account != null) {
                found.put(wanted.get(index), account);
            }
        }
        return found;
    }

    private String handleDomain(Domain domain, MentionName name) {
        if (name.host() == null) {
            return domain.name();
        }
        Optional<Domain> ours = domains.byHost(name.host());
        return ours.isPresent() ? ours.get().name() : name.host();
    }
}
