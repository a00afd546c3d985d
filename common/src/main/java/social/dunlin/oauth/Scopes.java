package social.dunlin.oauth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A set of Mastodon's OAuth scopes (reference: behaviours §6). A parent opens its children: {@code write}
 * opens {@code write:statuses}, {@code admin:read} opens {@code admin:read:accounts}. The old
 * {@code follow} opens follows, blocks and mutes. {@code push} and {@code profile} stand alone.
 */
public record Scopes(Set<String> names) {
    private static final List<String> READ = List.of("accounts", "blocks", "bookmarks", "collections", "favourites", "filters",
        "follows", "lists", "mutes", "notifications", "search", "statuses");
    private static final List<String> WRITE = List.of("accounts", "blocks", "bookmarks", "collections", "conversations", "favourites",
        "filters", "follows", "lists", "media", "mutes", "notifications", "reports", "statuses");
    private static final List<String> ADMINISTRATION = List.of("accounts", "reports", "domain_allows", "domain_blocks", "ip_blocks",
        "email_domain_blocks", "canonical_email_blocks");
    private static final Set<String> OPENED_BY_FOLLOW = Set.of("read:follows", "write:follows", "read:blocks", "write:blocks",
        "read:mutes", "write:mutes");

    /** Every scope there is, in the order it is advertised. */
    public static final List<String> KNOWN = Stream.of(
            Stream.of("read", "profile", "write"),
            READ.stream().map("read:"::concat),
            WRITE.stream().map("write:"::concat),
            Stream.of("follow", "push", "admin:read", "admin:write"),
            ADMINISTRATION.stream().map("admin:read:"::concat),
            ADMINISTRATION.stream().map("admin:write:"::concat))
        .flatMap(part -> part).toList();
    private static final Set<String> KNOWN_SET = Set.copyOf(KNOWN);

    public Scopes {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    public static Scopes of(String... names) {
        return new Scopes(new LinkedHashSet<>(Arrays.asList(names)));
    }

    public static Scopes of(Collection<String> names) {
        return new Scopes(new LinkedHashSet<>(names));
    }

    /** Reads a list separated by spaces (or {@code +} left over from sloppy encoding). */
    public static Scopes parse(String text) {
        return new Scopes(Arrays.stream(text.strip().split("[\\s+]+")).filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** True when all names are scopes that exist. */
    public boolean areKnown() {
        return KNOWN_SET.containsAll(names);
    }

    /** True when this set opens what asks for the given scope. */
    public boolean allow(String scope) {
        if (names.contains(scope)) {
            return true;
        }
        if (names.contains("follow") && OPENED_BY_FOLLOW.contains(scope)) {
            return true;
        }
        for (int colon = scope.lastIndexOf(':'); colon > 0; colon = scope.lastIndexOf(':', colon - 1)) {
            if (names.contains(scope.substring(0, colon))) {
                return true;
            }
        }
        return false;
    }

    /** True when one of the given scopes is open, or none is asked for. */
    public boolean allowAny(Collection<String> scopes) {
        return scopes.isEmpty() || scopes.stream().anyMatch(this::allow);
    }

    /** True when everything in the other set is open here: what an application may ask for. */
    public boolean cover(Scopes other) {
        return other.names.stream().allMatch(this::allow);
    }

    /** The form of OAuth: names separated by spaces. */
    public String text() {
        return String.join(" ", names);
    }

    /** The form of the database: sorted, so that equal sets have equal rows. */
    public String[] sorted() {
        return names.stream().sorted().toArray(String[]::new);
    }
}
