package social.dunlin.federation.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * @param userAgent sent with every request: {@code Dunlin/VERSION (+https://HOST/)}, some servers refuse without
 * @param allowedPrivateAddresses blocks opened beside the global addresses; for tests
 * @param allowPlainHttp whether {@code http:} may be spoken, and then only to addresses in those blocks
 * @param trustedCertificates PEM file of certificate authorities trusted beside the usual ones
 * @param connectTimeout for one TCP or TLS handshake
 * @param totalTimeout from the call to the last byte: waiting, resolving, redirects and all
 * @param maximumBodyBytes of a response, counted after decompression
 * @param streamsPerHost streamed answers at once from one host, which are counted apart from all else
 * @param streamsInAll and from all hosts together
 */
public record HttpClientSettings(String userAgent, List<Cidr> allowedPrivateAddresses, boolean allowPlainHttp,
        Optional<Path> trustedCertificates, Duration connectTimeout, Duration totalTimeout, int maximumBodyBytes,
        int concurrencyPerHost, int concurrencyInAll, int streamsPerHost, int streamsInAll) {
    public HttpClientSettings {
        allowedPrivateAddresses = List.copyOf(allowedPrivateAddresses);
    }

    /** Mastodon's numbers for times and sizes. */
    public static HttpClientSettings defaults(String userAgent) {
        return new HttpClientSettings(userAgent, List.of(), false, Optional.empty(), Duration.ofSeconds(5),
                Duration.ofSeconds(30), 1024 * 1024, 4, 64, 6, 32);
    }

    public HttpClientSettings withPrivateAddresses(List<Cidr> blocks, boolean plainHttp) {
        return new HttpClientSettings(userAgent, blocks, plainHttp, trustedCertificates, connectTimeout, totalTimeout,
                maximumBodyBytes, concurrencyPerHost, concurrencyInAll, streamsPerHost, streamsInAll);
    }

    public HttpClientSettings withTrustedCertificates(Path pem) {
        return new HttpClientSettings(userAgent, allowedPrivateAddresses, allowPlainHttp, Optional.of(pem),
                connectTimeout, totalTimeout, maximumBodyBytes, concurrencyPerHost, concurrencyInAll, streamsPerHost, streamsInAll);
    }

    public HttpClientSettings withTimeouts(Duration connect, Duration total) {
        return new HttpClientSettings(userAgent, allowedPrivateAddresses, allowPlainHttp, trustedCertificates, connect,
                total, maximumBodyBytes, concurrencyPerHost, concurrencyInAll, streamsPerHost, streamsInAll);
    }

    public HttpClientSettings withConcurrency(int perHost, int inAll) {
        return new HttpClientSettings(userAgent, allowedPrivateAddresses, allowPlainHttp, trustedCertificates,
                connectTimeout, totalTimeout, maximumBodyBytes, perHost, inAll, streamsPerHost, streamsInAll);
    }

    public HttpClientSettings withStreams(int perHost, int inAll) {
        return new HttpClientSettings(userAgent, allowedPrivateAddresses, allowPlainHttp, trustedCertificates,
                connectTimeout, totalTimeout, maximumBodyBytes, concurrencyPerHost, concurrencyInAll, perHost, inAll);
    }
}
