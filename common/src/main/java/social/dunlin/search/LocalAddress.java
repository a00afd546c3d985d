package social.dunlin.search;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.dunlin.account.Handle;
import social.dunlin.domain.Domains;
import social.dunlin.id.ObjectUri;

/** What an address of our own names, read from its form alone: nobody asks themselves over the network. */
public sealed interface LocalAddress {
    /** {@code /@name} or {@code /users/name} */
    record OfAccount(Handle handle) implements LocalAddress {
    }

    /** {@code /@name/ID} or {@code /users/name/statuses/ID} */
    record OfStatus(long id) implements LocalAddress {
    }

    Pattern ACCOUNT = Pattern.compile("/(?:@|users/)([^/@?#]+)/?");
    Pattern STATUS = Pattern.compile("/(?:@[^/@?#]+|users/[^/?#]+/statuses)/([0-9]{1,18})/?");

    /** Empty when the address is somebody else's or names neither account nor post. */
    static Optional<LocalAddress> of(String url, Domains domains) {
        return ObjectUri.tryParse(url).flatMap(uri -> domains.byHost(uri.host().value()).flatMap(domain -> {
            String path = uri.withoutFragment().requestTarget().replaceFirst("\\?.*", "");
            Matcher account = ACCOUNT.matcher(path);
            if (account.matches()) {
                return Optional.of(new OfAccount(new Handle(account.group(1), domain.name())));
            }
            Matcher status = STATUS.matcher(path);
            return status.matches() ? Optional.of(new OfStatus(Long.parseLong(status.group(1)))) : Optional.empty();
        }));
    }
}
