package social.dunlin.media.proxy;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.fetch.Fetched.Reason;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.StreamOptions;
import social.dunlin.federation.http.StreamedResponse;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.proxy.ProxyAnswer.Body;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyAnswer.Later;
import social.dunlin.media.proxy.ProxyAnswer.Missing;

/**
 * Fetches for a reader what one of our addresses names, and hands it on as it comes: never to the disk, never decoded.
 * The other server learns that somebody here looks, and the range; nothing that tells one reader from another. That is
 * why the tags it gives are replaced by ours: a tag per reader would come back with the next request.
 */
@ApplicationScoped
public class MediaProxy {
    /** Whoever fetches through a proxy of ours says so, by which proxies that name each other notice their ring. */
    public static final String VIA = "1.1 dunlin-media-proxy";
    private static final String ACCEPT = "image/*, video/*, audio/*, */*;q=0.1";
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18}-\\d{1,18}/(\\d{1,18}|\\*)|\\*/\\d{1,18})");
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final MediaAddresses addresses;
    private final ProxySecret secret;
    private final GuardedHttpClient client;
    private final FetchFailures failures;
    private final long largestBytes;

    public MediaProxy(MediaAddresses addresses, ProxySecret secret, GuardedHttpClient client, FetchFailures failures, DunlinConfiguration configuration) {
        this.addresses = addresses;
        this.secret = secret;
        this.client = client;
        this.failures = failures;
        this.largestBytes = (long) configuration.remoteMedia().largestMegabytes() << 20;
    }

    public ProxyAnswer answer(ProxyQuestion question) {
        if (!addresses.isOurs(question.url(), question.of(), question.signature())) {
            return new ProxyAnswer.Forged();
        }
        Optional<ObjectUri> uri = ObjectUri.tryParse(question.url());
        if (uri.isEmpty() || addresses.isRejected(uri.get(), question.of()) || failures.current(uri.get().value()).isPresent()) {
            return new Missing();
        }
        return fromOrigin(uri.get(), question);
    }

    private ProxyAnswer fromOrigin(ObjectUri uri, ProxyQuestion question) {
        try {
            Optional<String> range = question.oneRange();
            StreamedResponse response = open(uri, range);
            String tag = tag(uri, response.headers().first("ETag").or(() -> response.headers().first("Last-Modified")));
            if (question.knows(tag)) {
                response.close();
                return new ProxyAnswer.Unchanged(tag);
            }
            boolean changed = range.isPresent() && question.condition() != null && !question.condition().strip().equals(tag);
            if (changed) {
                response.close();
                StreamedResponse whole = open(uri, Optional.empty());
                return found(uri, whole, tag(uri, whole.headers().first("ETag").or(() -> whole.headers().first("Last-Modified"))));
            }
            return found(uri, response, tag);
        } catch (FetchException.Busy busy) {
            return new Later(true);
        } catch (FetchException failure) {
            Reason reason = Reason.of(failure);
            if (reason.isWorthRemembering()) {
                failures.remember(uri.value(), reason);
            }
            return reason == Reason.UNREACHABLE ? new Later(false) : new Missing();
        }
    }

    private StreamedResponse open(ObjectUri uri, Optional<String> range) {
        List<Header> headers = new ArrayList<>(List.of(new Header("Accept", ACCEPT), new Header("Via", VIA)));
        range.ifPresent(text -> headers.add(new Header("Range", text)));
        return client.open(uri, new StreamOptions(headers, type -> ProxiedTypes.of(type).isPresent(), largestBytes));
    }

    /** Ours for theirs; null when they give none. A weak one stays weak, so that no range is joined by it. */
    private String tag(ObjectUri uri, Optional<String> theirs) {
        return theirs.map(text -> (text.startsWith("W/") ? "W/\"" : "\"") + secret.sign("tag\n" + uri.value() + "\n" + text) + "\"").orElse(null);
    }

    private ProxyAnswer found(ObjectUri uri, StreamedResponse response, String tag) {
        Optional<String> contentRange = response.headers().first("Content-Range").filter(text -> CONTENT_RANGE.matcher(text).matches());
        if (response.status() == RANGE_NOT_SATISFIABLE) {
            response.close();
            return new ProxyAnswer.OutOfRange(contentRange.orElse("bytes */*"));
        }
        boolean partial = response.status() == 206;
        if (partial && contentRange.isEmpty()) {
            response.close();
            throw new FetchException.WrongType();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", ProxiedTypes.of(response.headers().first("Content-Type").orElse("")).orElseThrow());
        if (partial || response.headers().first("Accept-Ranges").filter("bytes"::equalsIgnoreCase).isPresent()) {
            headers.put("Accept-Ranges", "bytes");
        }
        if (partial) {
            headers.put("Content-Range", contentRange.get());
        }
        if (tag != null) {
            headers.put("ETag", tag);
        }
        return new Found(response.status(), headers, response.length(), body(uri, response));
    }

    private Body body(ObjectUri uri, StreamedResponse response) {
        return new Body() {
            @Override
            public Buffer next() {
                try {
                    return response.next();
                } catch (FetchException.TooLarge endless) {
                    failures.remember(uri.value(), Reason.UNUSABLE);
                    throw endless;
                }
            }

            @Override
            public void close() {
                response.close();
            }
        };
    }
}
