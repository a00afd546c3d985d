package social.dunlin.account;

import java.util.Locale;
import java.util.Optional;
import social.dunlin.id.Host;

/**
 * {@code user@host}, as it is compared: without case.
 *
 * @param host canonical handle domain, our own included
 */
public record Handle(String username, String host) {
    public Handle {
        username = username.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code user}, {@code @user}, {@code user@host}, {@code acct:user@host}.
     *
     * @param ownHost what is meant when no host is said
     */
    public static Optional<Handle> parse(String text, String ownHost) {
        String name = text.strip();
        name = name.startsWith("acct:") ? name.substring(5) : name.startsWith("@") ? name.substring(1) : name;
        int at = name.indexOf('@');
        String username = at < 0 ? name : name.substring(0, at);
        if (username.isEmpty() || username.codePoints().anyMatch(Character::isWhitespace)) {
            return Optional.empty();
        }
        return at < 0 ? Optional.of(new Handle(username, ownHost))
            : Host.tryParse(name.substring(at + 1)).map(host -> new Handle(username, host.value()));
    }

    @Override
    public String toString() {
        return username + "@" + host;
    }
}
