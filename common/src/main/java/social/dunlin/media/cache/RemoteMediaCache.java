package social.dunlin.media.cache;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.config.MediaConfiguration.CacheMode;
import social.dunlin.federation.fetch.FetchFailures;
import social.dunlin.federation.fetch.Fetched.Reason;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.StreamOptions;
import social.dunlin.federation.http.StreamedResponse;
import social.dunlin.federation.signature.Header;
import social.dunlin.id.ObjectUri;
import social.dunlin.media.MediaFormat;
import social.dunlin.media.blob.BlobContent;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStore;
import social.dunlin.media.blob.BlobStoreFull;
import social.dunlin.media.proxy.MediaAddresses;
import social.dunlin.media.proxy.Rendition;
import social.dunlin.queue.JobFailure;
import social.dunlin.queue.Jobs;

/**
 * Copies of what readers looked at, so that an origin is asked once and not by every reader, and what it deletes or cannot
 * serve is still seen for a while. Whatever is missing here is fetched from its origin as if there were no cache.
 */
@ApplicationScoped
public class RemoteMediaCache {
    /** What begins the keys of copies. */
    public static final String BLOBS = "remote";
    /** A film longer than this passes through alone, and nothing may take more than a tenth of all there is. */
    private static final long LARGEST = 40L << 20;

    private final CachedMediaStore store;
    private final BlobStore blobs;
    private final CacheUpkeep upkeep;
    private final GuardedHttpClient client;
    private final FetchFailures failures;
    private final MediaAddresses addresses;
    private final Jobs jobs;
    private final DunlinConfiguration configuration;

    public RemoteMediaCache(CachedMediaStore store, BlobStore blobs, CacheUpkeep upkeep, GuardedHttpClient client, FetchFailures failures,
                            MediaAddresses addresses, Jobs jobs, DunlinConfiguration configuration) {
        this.store = store;
        this.blobs = blobs;
        this.upkeep = upkeep;
        this.client = client;
        this.failures = failures;
        this.addresses = addresses;
        this.jobs = jobs;
        this.configuration = configuration;
    }

    /** A copy. Its bytes are opened when they are wanted. @param rendition what it is of its address */
    public record Copy(BlobKey key, long size, Rendition rendition) {
    }

    private boolean isOff() {
        return configuration.remoteMedia().cache() == CacheMode.OFF;
    }

    /** What is wished, or the whole as long as only that is here. */
    public Optional<Copy> find(String url, Rendition wished) {
        if (isOff()) {
            return Optional.empty();
        }
        return store.find(url, wished).map(kept -> {
            if (kept.stale()) {
                store.used(kept.key());
            }
            return new Copy(kept.key(), kept.size(), kept.rendition());
        });
    }

    /** The copy's bytes; nothing when they are gone, and then so is the copy. */
    public Optional<InputStream> open(Copy copy, long offset, long length) throws IOException {
        Optional<InputStream> bytes = blobs.open(copy.key(), offset, length);
        if (bytes.isEmpty()) {
            store.forget(copy.key());
        }
        return bytes;
    }

    /** Where readers fetch the copy themselves, as uploads. */
    public Optional<String> address(Copy copy) {
        return blobs.address(copy.key());
    }

    /** A reader got the whole, perhaps from its origin: the next one shall get what is wished from here. Whether that will be so. */
    public boolean wanted(ObjectUri uri, String bringer, Rendition wished, String contentType, long size) {
        boolean kept = !isOff() && size <= largest() && format(contentType).isPresent();
        if (kept) {
            jobs.enqueue(new RemoteMediaJob(uri.value(), bringer, wished).toJob());
        }
        return kept;
    }

    private long largest() {
        return Math.min(LARGEST, ((long) configuration.remoteMedia().cacheMegabytes() << 20) / 10);
    }

    private static Optional<MediaFormat> format(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(MediaFormat.values()).filter(format -> format.contentType().equals(type)).findFirst();
    }

    /** Fetches it, unless it is here. What cannot be had is remembered as such and left alone for a time. */
    public void take(RemoteMediaJob wanted) throws IOException {
        Optional<ObjectUri> uri = ObjectUri.tryParse(wanted.url());
        if (isOff() || uri.isEmpty() || addresses.isRejected(wanted.url(), wanted.bringer()) || store.find(wanted.url(), Rendition.WHOLE).isPresent()
            || failures.current(wanted.url()).isPresent()) {
            return;
        }
        List<Header> headers = List.of(new Header("Accept", "image/*, video/*, audio/*"));
        try (StreamedResponse response = client.open(uri.get(), new StreamOptions(headers, type -> format(type).isPresent(), largest()))) {
            store(uri.get(), wanted.bringer(), response);
        } catch (FetchException.Busy busy) {
            throw JobFailure.retryAfter(Duration.ofSeconds(30), busy.getMessage());
        } catch (FetchException.TooLarge | FetchException.WrongType passesThroughAlone) {
            // The proxy has limits of its own and may still show it.
            return;
        } catch (FetchException failure) {
            if (Reason.of(failure).isWorthRemembering()) {
                failures.remember(wanted.url(), Reason.of(failure));
            }
        }
    }

    private void store(ObjectUri uri, String bringer, StreamedResponse response) throws IOException {
        MediaFormat format = format(response.headers().first("Content-Type").orElse("")).orElseThrow();
        Path file = Files.createTempFile(Files.createDirectories(configuration.data().dir().resolve("tmp")), "remote-", null);
        try {
            try (OutputStream target = Files.newOutputStream(file)) {
                for (var piece = response.next(); piece != null; piece = response.next()) {
                    target.write(piece.getBytes());
                }
            }
            keep(uri, bringer, Rendition.WHOLE, file, format);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private void keep(ObjectUri uri, String bringer, Rendition rendition, Path file, MediaFormat format) throws IOException {
        BlobContent content = BlobContent.of(file);
        BlobKey key = BlobKey.ofContent(BLOBS, content, format);
        if (blobs.stat(key).isEmpty()) {
            put(key, content);
        }
        store.keep(uri.value(), rendition, uri.host().name(), bringer, key, content.size());
    }

    /** What was made of a copy. */
    public void keepRendition(RemoteMediaJob wanted, Path made, MediaFormat format) throws IOException {
        keep(ObjectUri.parse(wanted.url()), wanted.bringer(), wanted.rendition(), made, format);
    }

    /** Nothing is to be made of it: the copy is what is wished. */
    public void keepAsItIs(RemoteMediaJob wanted, Copy copy) {
        ObjectUri uri = ObjectUri.parse(wanted.url());
        store.keep(uri.value(), wanted.rendition(), uri.host().name(), wanted.bringer(), copy.key(), copy.size());
    }

    /** Copies make room for copies; everything else has precedence. */
    private void put(BlobKey key, BlobContent content) throws IOException {
        try {
            blobs.put(key, content);
        } catch (BlobStoreFull full) {
            if (upkeep.makeRoom(2 * content.size()).bytes() < content.size()) {
                throw JobFailure.retryAfter(Duration.ofHours(1), full.getMessage());
            }
            blobs.put(key, content);
        }
    }
}
