package social.dunlin.media.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import social.dunlin.config.MediaConfiguration.Delivery;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.ServiceHttpClient.Upload;
import social.dunlin.federation.http.ServiceHttpClient;
import social.dunlin.federation.http.StreamedResponse;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;

/**
 * Blobs in a bucket of S3, or of what speaks as it does. Uses nothing but PUT, GET, HEAD, DELETE and ListObjectsV2 with
 * whole objects and no ACL, which all of them know (adr/0024).
 */
public final class S3BlobStore implements BlobStore {
    private static final String NOTHING = HexFormat.of().formatHex(BlobContent.digest().digest());
    private static final String KEPT = "public, max-age=31536000, immutable";
    private static final int PAGE = 1000;
    private static final int ATTEMPTS = 3;
    private static final int SIGNED_SECONDS = 3600;
    private static final int LONGEST_ANSWER = 4 << 20;

    private final S3Settings settings;
    private final S3Signature signature;
    private final ServiceHttpClient client;
    private final Clock clock;

    public S3BlobStore(S3Settings settings, ServiceHttpClient client, Clock clock) {
        this.settings = settings;
        this.signature = new S3Signature(settings.accessKey(), settings.secretKey(), settings.region());
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void put(BlobKey key, BlobContent content) throws IOException {
        List<Header> headers = List.of(new Header("Content-Type", key.contentType()), new Header("Cache-Control", KEPT));
        try (StreamedResponse response = send("PUT", key.toString(), Map.of(), headers, content.sha256(), () -> new Upload(content.size(), new Checked(content)))) {
            require(response, 200, 201, 204);
        }
    }

    /** Bytes that turn out to be others than announced fail at their end. */
    private static final class Checked extends FilterInputStream {
        private final BlobContent content;
        private final MessageDigest digest;
        private long count;
        private boolean ended;

        Checked(BlobContent content) throws IOException {
            this(content, BlobContent.digest());
        }

        private Checked(BlobContent content, MessageDigest digest) throws IOException {
            super(new DigestInputStream(content.source().open(), digest));
            this.content = content;
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = ended ? -1 : super.read(target, offset, length);
            count += Math.max(0, read);
            if (!ended && (read < 0 || count > content.size())) {
                ended = true;
                if (count != content.size() || !HexFormat.of().formatHex(digest.digest()).equals(content.sha256())) {
                    throw new IOException("The bytes are not those that were announced (%d of %d)".formatted(count, content.size()));
                }
            }
            return read;
        }
    }

    @Override
    public Optional<InputStream> open(BlobKey key, long offset, long length) throws IOException {
        if (length == 0) {
            return stat(key).map(present -> InputStream.nullInputStream());
        }
        boolean toItsEnd = length > Long.MAX_VALUE - offset - 1;
        List<Header> range = offset == 0 && toItsEnd ? List.of()
            : List.of(new Header("Range", "bytes=" + offset + "-" + (toItsEnd ? "" : offset + length - 1)));
        StreamedResponse response = send("GET", key.toString(), Map.of(), range, NOTHING, Upload::none);
        switch (response.status()) {
            case 206 -> {
                return Optional.of(response.asStream());
            }
            case 200 -> {
                // What knows no ranges, or an empty object, gives all there is.
                InputStream all = response.asStream();
                all.skipNBytes(Math.min(offset, response.length().orElse(offset)));
                return Optional.of(new BoundedInputStream(all, length));
            }
            case 404 -> {
                response.close();
                return Optional.empty();
            }
            case 416 -> {
                response.close();
                return Optional.of(InputStream.nullInputStream());
            }
            default -> throw refused(response);
        }
    }

    @Override
    public Optional<BlobStat> stat(BlobKey key) throws IOException {
        try (StreamedResponse response = send("HEAD", key.toString(), Map.of(), List.of(), NOTHING, Upload::none)) {
            if (response.status() == 404) {
                return Optional.empty();
            }
            require(response, 200);
            return Optional.of(new BlobStat(key, response.length().orElseThrow(() -> new IOException("The store does not tell the size of " + key)),
                response.headers().first("Last-Modified").map(S3BlobStore::time).orElse(Instant.EPOCH)));
        }
    }

    private static Instant time(String httpDate) {
        try {
            return ZonedDateTime.parse(httpDate, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeParseException unreadable) {
            return Instant.EPOCH;
        }
    }

    /** One by one: deleting many in one request is what the compatible ones agree about least. */
    @Override
    public void delete(Collection<BlobKey> keys) throws IOException {
        for (BlobKey key : keys) {
            try (StreamedResponse response = send("DELETE", key.toString(), Map.of(), List.of(), NOTHING, Upload::none)) {
                require(response, 200, 204, 404);
            }
        }
    }

    @Override
    public List<BlobStat> list(String kind, Optional<BlobKey> after, int limit) throws IOException {
        List<BlobStat> found = new ArrayList<>();
        Optional<String> from = after.map(BlobKey::toString);
        while (found.size() < limit) {
            Document page = page(kind, from, Math.min(PAGE, limit - found.size()));
            for (Element object : page.select("Contents")) {
                String key = object.selectFirst("Key").text().substring(settings.prefix().length());
                from = Optional.of(key);
                BlobKey.tryParse(key).ifPresent(parsed -> found.add(new BlobStat(parsed, Long.parseLong(object.selectFirst("Size").text()),
                    Instant.parse(object.selectFirst("LastModified").text()))));
            }
            if (!page.select("IsTruncated").text().equals("true") || page.select("Contents").isEmpty()) {
                break;
            }
        }
        return found;
    }

    /** So few that one page holds them. */
    @Override
    public Set<String> kinds() throws IOException {
        return answer(Map.of("list-type", "2", "delimiter", "/", "prefix", settings.prefix())).select("CommonPrefixes > Prefix").stream()
            .map(prefix -> prefix.text().substring(settings.prefix().length()).replace("/", "")).filter(BlobKey::isKind)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private Document page(String kind, Optional<String> after, int limit) throws IOException {
        Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "max-keys", Integer.toString(limit),
            "prefix", settings.prefix() + kind + "/"));
        after.ifPresent(key -> query.put("start-after", settings.prefix() + key));
        return answer(query);
    }

    private Document answer(Map<String, String> query) throws IOException {
        try (StreamedResponse response = send("GET", "", query, List.of(), NOTHING, Upload::none)) {
            require(response, 200);
            return Jsoup.parse(text(response), "", Parser.xmlParser());
        }
    }

    @Override
    public Optional<String> address(BlobKey key) {
        return switch (settings.delivery()) {
            case STREAMED -> Optional.empty();
            case PUBLIC -> settings.publicUrl().map(base -> base + "/" + settings.prefix() + key);
            case SIGNED -> {
                S3Signature.Call call = new S3Signature.Call("GET", settings.host(), settings.path(key.toString()), Map.of());
                yield Optional.of(settings.base() + call.path() + "?" + signature.signedQuery(call, clock.instant(), SIGNED_SECONDS));
            }
        };
    }

    /** Opens what is to be sent, for each attempt anew. */
    @FunctionalInterface
    private interface Sending {
        Upload open() throws IOException;
    }

    /**
     * All requests here may be made twice. They are when the store is at fault for a moment, or has closed a connection that
     * was kept open, as all of them do.
     *
     * @param key empty for the bucket; @param payload hash of the body in hexadecimal digits
     */
    private StreamedResponse send(String method, String key, Map<String, String> query, List<Header> more, String payload, Sending sending) throws IOException {
        S3Signature.Call call = new S3Signature.Call(method, settings.host(), settings.path(key), query);
        ObjectUri uri = ObjectUri.parse(settings.base() + call.path() + (query.isEmpty() ? "" : "?" + S3Signature.query(query)));
        for (int attempt = 1; ; attempt++) {
            List<Header> headers = new ArrayList<>(more);
            signature.headers(call, payload, clock.instant()).forEach((name, value) -> headers.add(new Header(name, value)));
            try {
                StreamedResponse response = client.send(method, uri, headers, sending.open());
                if (attempt == ATTEMPTS || response.status() != 500 && response.status() != 503) {
                    return response;
                }
                response.close();
            } catch (FetchException unreachable) {
                if (attempt == ATTEMPTS) {
                    throw new IOException("The store of media at %s: %s".formatted(settings.endpoint().host(), unreachable.getMessage()), unreachable);
                }
            }
        }
    }

    private static void require(StreamedResponse response, int... statuses) throws IOException {
        for (int status : statuses) {
            if (response.status() == status) {
                return;
            }
        }
        throw refused(response);
    }

    private static IOException refused(StreamedResponse response) {
        try (response) {
            Document answer = Jsoup.parse(text(response), "", Parser.xmlParser());
            return new IOException("The store of media answers %d %s %s".formatted(response.status(), answer.select("Code").text(), answer.select("Message").text()).strip());
        } catch (IOException broken) {
            return broken;
        }
    }

    private static String text(StreamedResponse response) throws IOException {
        return new String(response.asStream().readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
    }
}
