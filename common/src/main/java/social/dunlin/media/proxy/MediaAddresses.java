package social.dunlin.media.proxy;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import social.dunlin.domain.Domain;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.MediaUrls;

/**
 * Under which address a reader here gets a picture, film or sound that lives elsewhere. Whatever is shown to somebody asks
 * here: API, streams, Web Push and pages.
 */
@ApplicationScoped
public class MediaAddresses {
    public static final String PATH = "/proxy/media";

    private final ProxySecret secret;
    private final MediaRejections rejections;
    private final MediaUrls urls;

    public MediaAddresses(ProxySecret secret, MediaRejections rejections, MediaUrls urls) {
        this.secret = secret;
        this.rejections = rejections;
        this.urls = urls;
    }

    /**
     * @param url     where it lives; null gives null
     * @param bringer the host of whoever shows it here, which says more than that of its storage; empty for nobody's
     * @param reader  the domain that is looked at
     * @return null when there is nothing that may be shown
     */
    public String of(String url, String bringer, Domain reader) {
        return of(url, bringer, reader, Rendition.WHOLE);
    }

    /** The same, smaller or at rest once a copy of that is kept. What is ours is as it is. */
    public String of(String url, String bringer, Domain reader, Rendition wished) {
        Optional<ObjectUri> uri = Optional.ofNullable(url).flatMap(ObjectUri::tryParse).map(ObjectUri::withoutFragment);
        if (uri.isEmpty() || isRejected(uri.get(), bringer)) {
            return null;
        }
        if (urls.isOwnHost(uri.get().host())) {
            return url;
        }
        String named = isAtHome(uri.get(), bringer) ? "" : bringer;
        Rendition rendition = wished.of(uri.get());
        return reader.baseUrl() + PATH + "?url=" + encoded(uri.get().value()) + (named.isEmpty() ? "" : "&of=" + encoded(named))
            + (rendition == Rendition.WHOLE ? "" : "&as=" + rendition.text()) + "&sig=" + signature(uri.get().value(), named, rendition);
    }

    /** Whether this server shows nothing of what somebody there shows, wherever it is stored. */
    public boolean isRejected(String url, String bringer) {
        return rejections.isRejected(bringer)
            || Optional.ofNullable(url).flatMap(ObjectUri::tryParse).filter(uri -> isRejected(uri, bringer)).isPresent();
    }

    boolean isRejected(ObjectUri uri, String bringer) {
        return rejections.isRejected(bringer) || rejections.isRejected(uri.host().value());
    }

    /** Whether these were made here, compared in constant time. */
    boolean isOurs(String url, String bringer, Rendition rendition, String sent) {
        return MessageDigest.isEqual(signature(url, bringer, rendition).getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** The rendition first: an address has no line breaks, so none of the three passes for another. */
    private String signature(String url, String bringer, Rendition rendition) {
        return secret.sign((rendition == Rendition.WHOLE ? "" : rendition.text() + "\n") + url + "\n" + bringer);
    }

    /** On the host itself or below it nothing has to be said. */
    private static boolean isAtHome(ObjectUri uri, String bringer) {
        String stored = uri.host().value();
        return stored.equals(bringer) || stored.endsWith("." + bringer);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
