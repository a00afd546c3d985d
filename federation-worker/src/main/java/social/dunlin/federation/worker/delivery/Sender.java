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
import social.dunlin.federation.followers.SynchronizationHeader;
import social.dunlin.federation.followers.SynchronizationHeaders;
import social.dunlin.federation.http.FetchException;
import social.dunlin.federation.http.FetchResponse;
import social.dunlin.federation.http.MediaTypes;
import social.dunlin.federation.knock.DoubleKnock;
import social.dunlin.federation.knock.SignatureScheme;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.worker.delivery.DeliveryResult.Arrived;
import social.dunlin.federation.worker.delivery.DeliveryResult.Failed;
import social.dunlin.federation.worker.delivery.DeliveryResult.Refused;
import social.dunlin.id.ObjectUri;

/** One attempt to deliver: signed now, by the {@link DoubleKnock}. */
@ApplicationScoped
class Sender {
    private static final List<Header> HEADERS = List.of(new Header("Content-Type", MediaTypes.ACTIVITY_JSON));

    private final DoubleKnock knock;
    private final SynchronizationHeaders synchronization;

    Sender(DoubleKnock knock, SynchronizationHeaders synchronization) {
        this.knock = knock;
        this.synchronization = synchronization;
    }

    DeliveryResult send(Delivery delivery) {
        if (delivery.silenced()) {
            return new Refused("the sender is suspended", false, false);
        }
        Optional<ObjectUri> inbox = ObjectUri.tryParse(delivery.inboxUrl());
        if (inbox.isEmpty()) {
            return new Refused("the inbox is no address", false, false);
        }
        try {
            return result(knock.post(delivery.accountId(), inbox.get(), HEADERS, synchronization(delivery),
                delivery.body().getBytes(StandardCharsets.UTF_8), SignatureScheme.ofStored(delivery.scheme())));
        } catch (FetchException.Refused forbidden) {
            return new Refused(forbidden.getMessage(), false, false);
        } catch (FetchException unreachable) {
            return new Failed(unreachable.getMessage(), false, null);
        } catch (NoSuchElementException noKey) {
            return new Refused("nobody signs for the sender any more", false, false);
        }
    }

    private List<Header> synchronization(Delivery delivery) {
        return delivery.synchronises() ? synchronization.of(delivery.accountId(), delivery.host())
            .map(header -> new Header(SynchronizationHeader.NAME, header.value())).stream().toList() : List.of();
    }

    private static DeliveryResult result(DoubleKnock.Delivered delivered) {
        FetchResponse response = delivered.response();
        return response.isSuccess() ? new Arrived(delivered.taken().stored())
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
