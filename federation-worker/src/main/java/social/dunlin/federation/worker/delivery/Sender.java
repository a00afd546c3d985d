package social.dunlin.federation.worker.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.GuardedHttpClient;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.federation.key.SigningKeys;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.RequestSigner;
import social.dunlin.federation.worker.delivery.DeliveryResult.Arrived;
import social.dunlin.federation.worker.delivery.DeliveryResult.Failed;
import social.dunlin.federation.worker.delivery.DeliveryResult.Refused;
import social.dunlin.id.ObjectUri;

/**
 * One attempt to deliver: signed now, in the form the host is known to take, else draft-cavage first and RFC 9421 when
 * that is not liked (double knock, federation reference §4.5).
 */
@ApplicationScoped
class Sender {
    static final String CAVAGE = "cavage";
    static final String RFC_9421 = "rfc9421";
    private static final List<Header> HEADERS = List.of(new Header("Content-Type", MediaTypes.ACTIVITY_JSON));
    /** Answers to a signature that is not liked: by those who say so, and by those who say something else. */
    private static final Set<Integer> DISLIKED = Set.of(400, 401);
    private static final Set<Integer> MAYBE_DISLIKED = Set.of(403, 404, 410);

    private final GuardedHttpClient client;
    private final SigningKeys keys;

    Sender(GuardedHttpClient client, SigningKeys keys) {
        this.client = client;
        this.keys = keys;
    }

    DeliveryResult send(Delivery delivery) {
        Optional<ObjectUri> inbox = ObjectUri.tryParse(delivery.inboxUrl());
        if (inbox.isEmpty()) {
            return new Refused("the inbox is no address", false, false);
        }
        String first = delivery.scheme() == null ? CAVAGE : delivery.scheme();
        try {
            FetchResponse response = post(delivery, inbox.get(), first);
            boolean knockAgain = DISLIKED.contains(response.status())
                || delivery.scheme() == null && MAYBE_DISLIKED.contains(response.status());
            if (!knockAgain) {
                return result(response, first);
            }
            String second = first.equals(CAVAGE) ? RFC_9421 : CAVAGE;
            FetchResponse again = post(delivery, inbox.get(), second);
            return again.isSuccess() ? new Arrived(second) : result(response, null);
        } catch (FetchException.Refused forbidden) {
            return new Refused(forbidden.getMessage(), false, false);
        } catch (FetchException unreachable) {
            return new Failed(unreachable.getMessage(), false, null);
        } catch (NoSuchElementException noKey) {
            return new Refused("nobody signs for the sender any more", false, false);
        }
    }

    private FetchResponse post(Delivery delivery, ObjectUri inbox, String scheme) {
        RequestSigner signer = scheme.equals(CAVAGE) ? keys.cavage(delivery.accountId()) : keys.rfc9421(delivery.accountId());
        return client.post(inbox, HEADERS, delivery.body().getBytes(StandardCharsets.UTF_8), signer);
    }

    private static DeliveryResult result(FetchResponse response, String scheme) {
        return response.isSuccess() ? new Arrived(scheme)
            : failure(response.status(), response.headers().first("Retry-After").flatMap(Sender::retryAfter).orElse(null));
    }

    /** The table of federation reference §6.1. */
    static DeliveryResult failure(int status, Duration retryAfter) {
        String error = "HTTP " + status;
        return switch (status) {
            case 401, 408, 425, 429 -> new Failed(error, true, retryAfter);
            case 410 -> new Refused(error, true, true);
            case 501 -> new Refused(error, true, false);
            default -> status >= 500 ? new Failed(error, false, retryAfter) : new Refused(error, true, false);
        };
    }

    /** Seconds, or a date. */
    static Optional<Duration> retryAfter(String header) {
        String text = header.strip();
        try {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Duration until = Duration.between(Instant.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return until.isNegative() ? Optional.empty() : Optional.of(until);
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
