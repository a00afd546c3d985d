package social.dunlin.media.proxy;

import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.fetch.Fetched.Reason;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.StreamOptions;
import social.dunlin.federation.http.StreamedResponse;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.cache.RemoteMediaCache;
import social.dunlin.media.cache.RemoteMediaCache.Copy;
import social.dunlin.media.proxy.ProxyAnswer.Body;
import social.dunlin.media.proxy.ProxyAnswer.Found;
import social.dunlin.media.proxy.ProxyAnswer.Later;
import social.dunlin.media.proxy.ProxyAnswer.Missing;

/**
 * Fetches for a reader what one of our addresses names, and hands it on as it comes, never decoded; or gives the copy that
 * is kept of it ({@link RemoteMediaCache}).
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
    private static final int PIECE = 64 * 1024;
    /** The whole in the place of what is smaller or at rest. */
    private static final String UNTIL_ITS_RENDITION_IS_THERE = "public, max-age=600";
    /** Half of what an address of the store holds at least. */
    private static final String FOR_HALF_AN_HOUR = "public, max-age=1800";
    private static final Logger LOG = Logger.getLogger(MediaProxy.class);

    private final MediaAddresses addresses;
    private final ProxySecret secret;
    private final GuardedHttpClient client;
    private final FetchFailures failures;
    private final RemoteMediaCache cache;
    private final long largestBytes;

    public MediaProxy(MediaAddresses addresses, ProxySecret secret, GuardedHttpClient client, FetchFailures failures, RemoteMediaCache cache,
                      DunlinConfiguration configuration) {
        this.addresses = addresses;
        this.secret = secret;
        this.client = client;
        this.failures = failures;
        this.cache = cache;
        this.largestBytes = (long) configuration.remoteMedia().largestMegabytes() << 20;
    }

    public ProxyAnswer answer(ProxyQuestion question) {
        if (!addresses.isOurs(question.url(), question.of(), question.rendition(), question.signature())) {
            return new ProxyAnswer.Forged();
        }
        Optional<ObjectUri> uri = ObjectUri.tryParse(question.url());
        if (uri.isEmpty() || addresses.isRejected(uri.get(), question.of())) {
            return new Missing();
        }
        return cache.find(uri.get().value(), question.rendition()).flatMap(copy -> fromCache(uri.get(), copy, question)).orElseGet(() ->
            failures.current(uri.get().value()).isPresent() ? new Missing() : fromOrigin(uri.get(), question));
    }

    /** Nothing when the copy cannot be read, for whatever reason. */
    private Optional<ProxyAnswer> fromCache(ObjectUri uri, Copy copy, ProxyQuestion question) {
        boolean substitute = copy.rendition() != question.rendition();
        if (substitute) {
            cache.wanted(uri, question.of(), question.rendition(), copy.key().contentType(), copy.size());
        }
        Optional<String> elsewhere = cache.address(copy);
        if (elsewhere.isPresent()) {
            return Optional.of(new ProxyAnswer.Elsewhere(elsewhere.get(), substitute ? UNTIL_ITS_RENDITION_IS_THERE : FOR_HALF_AN_HOUR));
        }
        String tag = "\"" + copy.key().name() + "\"";
        if (question.knows(tag)) {
            return Optional.of(new ProxyAnswer.Unchanged(tag));
        }
        Optional<String> range = question.oneRange().filter(asked -> question.condition() == null || question.condition().strip().equals(tag));
        Optional<ProxyQuestion.Slice> slice = range.flatMap(asked -> ProxyQuestion.slice(asked, copy.size()));
        if (range.isPresent() && slice.isEmpty()) {
            return Optional.of(new ProxyAnswer.OutOfRange("bytes */" + copy.size()));
        }
        long offset = slice.map(ProxyQuestion.Slice::offset).orElse(0L);
        long length = slice.map(ProxyQuestion.Slice::length).orElse(copy.size());
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", copy.key().contentType(), "Accept-Ranges", "bytes", "ETag", tag));
        slice.ifPresent(part -> headers.put("Content-Range", "bytes %d-%d/%d".formatted(offset, offset + length - 1, copy.size())));
        if (substitute) {
            headers.put("Cache-Control", UNTIL_ITS_RENDITION_IS_THERE);
        }
        try {
            return cache.open(copy, offset, length)
                .map(bytes -> new Found(slice.isPresent() ? 206 : 200, headers, OptionalLong.of(length), body(bytes)));
        } catch (IOException unreadable) {
            LOG.warnf("A copy of another server's media cannot be read: %s", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static Body body(InputStream bytes) {
        return new Body() {
            @Override
            public Buffer next() throws IOException {
                byte[] piece = bytes.readNBytes(PIECE);
                return piece.length == 0 ? null : Buffer.buffer(piece);
            }

            @Override
            public void close() {
                try {
                    bytes.close();
                } catch (IOException closed) {
                    LOG.tracef("A copy was not closed well: %s", closed.getMessage());
                }
            }
        };
    }

    private ProxyAnswer fromOrigin(ObjectUri uri, ProxyQuestion question) {
        try {
            return answer(uri, question, open(uri, question.oneRange()));
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

    /** Whatever happens, the response is handed on or closed. */
    private ProxyAnswer answer(ObjectUri uri, ProxyQuestion question, StreamedResponse response) {
        boolean handedOn = false;
        try {
            String tag = tag(uri, response.headers().first("ETag").or(() -> response.headers().first("Last-Modified")));
            if (question.knows(tag)) {
                return new ProxyAnswer.Unchanged(tag);
            }
            boolean changed = question.oneRange().isPresent() && question.condition() != null && !question.condition().strip().equals(tag);
            if (changed) {
                response.close();
                return answer(uri, question.whole(), open(uri, Optional.empty()));
            }
            ProxyAnswer found = found(uri, question, response, tag);
            handedOn = found instanceof Found;
            return found;
        } finally {
            if (!handedOn) {
                response.close();
            }
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

    private ProxyAnswer found(ObjectUri uri, ProxyQuestion question, StreamedResponse response, String tag) {
        Optional<String> contentRange = response.headers().first("Content-Range").filter(text -> CONTENT_RANGE.matcher(text).matches());
        if (response.status() == RANGE_NOT_SATISFIABLE) {
            return new ProxyAnswer.OutOfRange(contentRange.orElse("bytes */*"));
        }
        boolean partial = response.status() == 206;
        if (partial && contentRange.isEmpty()) {
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
        boolean copied = size(response, contentRange).stream()
            .anyMatch(size -> cache.wanted(uri, question.of(), question.rendition(), headers.get("Content-Type"), size));
        if (copied && question.rendition() != Rendition.WHOLE) {
            headers.put("Cache-Control", UNTIL_ITS_RENDITION_IS_THERE);
        }
        return new Found(response.status(), headers, response.length(), body(uri, response));
    }

    /** Of the whole, as far as it is known. */
    private static OptionalLong size(StreamedResponse response, Optional<String> contentRange) {
        return contentRange.map(text -> text.substring(text.indexOf('/') + 1)).map(total -> total.equals("*") ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(total))).orElseGet(response::length);
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
