package social.dunlin.api.activitypub;

import java.util.Locale;
import social.dunlin.domain.Domain;
import social.dunlin.id.Host;
import social.dunlin.id.ObjectUri;

/**
 * What a WebFinger {@code resource} asks for: {@code acct:user@domain}, {@code acct:@user@domain}, the same without
 * {@code acct:}, the actor's id, the profile page; and for the instance actor {@code acct:HOST@HOST}, the host, its
 * root and {@code /actor}.
 */
sealed interface FingerResource {
    record Person(String username) implements FingerResource {
    }

    record Instance() implements FingerResource {
    }

    /** Not of the domain that was asked. */
    record Stranger() implements FingerResource {
    }

    record Malformed() implements FingerResource {
    }

    static FingerResource read(String resource, Domain domain) {
        if (resource == null || resource.isBlank()) {
            return new Malformed();
        }
        String text = resource.strip();
        return text.regionMatches(true, 0, "http", 0, 4) && text.contains("://") ? ofAddress(text, domain) : ofHandle(text, domain);
    }

    private static FingerResource ofAddress(String text, Domain domain) {
        return ObjectUri.tryParse(text).map(uri -> {
            if (!isOf(domain, uri.host())) {
                return new Stranger();
            }
            String path = uri.withoutFragment().requestTarget();
            if (path.equals("/") || path.equals("/actor")) {
                return new Instance();
            }
            String name = path.startsWith("/@") ? path.substring(2) : path.startsWith("/users/") ? path.substring(7) : "";
            return name.isEmpty() || name.indexOf('/') >= 0 ? new Stranger() : new Person(name);
        }).orElse(new Malformed());
    }

    private static FingerResource ofHandle(String text, Domain domain) {
        String handle = text.toLowerCase(Locale.ROOT).startsWith("acct:") ? text.substring(5) : text;
        String plain = handle.startsWith("@") ? handle.substring(1) : handle;
        int at = plain.lastIndexOf('@');
        if (at < 0) {
            return Host.tryParse(plain).filter(host -> isOf(domain, host)).<FingerResource>map(host -> new Instance()).orElse(new Malformed());
        }
        if (at == 0) {
            return new Malformed();
        }
        String name = plain.substring(0, at);
        return Host.tryParse(plain.substring(at + 1)).<FingerResource>map(host -> !isOf(domain, host) ? new Stranger()
            : Host.tryParse(name).filter(same -> isOf(domain, same)).isPresent() ? new Instance() : new Person(name)).orElse(new Malformed());
    }

    private static boolean isOf(Domain domain, Host host) {
        return host.value().equals(domain.name()) || host.value().equals(domain.serviceHost());
    }
}
