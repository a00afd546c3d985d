package social.dunlin.api.status;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import social.dunlin.api.media.Uploads;
import social.dunlin.api.request.Parameters;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.NewStatus.NewPoll;
import social.dunlin.status.StatusChange;
import social.dunlin.status.StatusChange.MediaAttributes;
import social.dunlin.status.Visibility;

/** The parameters of a post, new or changed (behaviours §3, §8). */
final class StatusForm {
    private StatusForm() {
    }

    static NewStatus newStatus(Parameters parameters, Long applicationId, String idempotencyKey) {
        return new NewStatus(
            parameters.text("status").orElse(null), parameters.text("spoiler_text").orElse(null), contentType(parameters),
            reach(parameters),
            parameters.flag("sensitive").orElse(null), parameters.text("language").orElse(null),
            parameters.id("in_reply_to_id").orElse(null),
            parameters.id("quoted_status_id").or(() -> parameters.id("quote_id")).orElse(null),
            parameters.text("quote_approval_policy").filter(text -> !text.isBlank()).orElse(null),
            parameters.ids("media_ids"), poll(parameters).orElse(null), scheduledAt(parameters), applicationId,
            idempotencyKey == null || idempotencyKey.isBlank() ? null : idempotencyKey);
    }

    private static String contentType(Parameters parameters) {
        return parameters.text("content_type").filter(text -> !text.isBlank()).orElse(null);
    }

    /** {@code local_only} is what GoToSocial and glitch-soc call the two local visibilities. A post for fewer cannot be kept here that way. */
    private static Visibility reach(Parameters parameters) {
        Visibility wanted = parameters.text("visibility").filter(text -> !text.isBlank()).map(StatusForm::visibility).orElse(null);
        if (!parameters.flag("local_only", false)) {
            return wanted;
        }
        return switch (wanted) {
            case null -> Visibility.LOCAL;
            case PUBLIC, LOCAL -> Visibility.LOCAL;
            case UNLISTED, LOCAL_UNLISTED -> Visibility.LOCAL_UNLISTED;
            case PRIVATE, DIRECT -> throw Refusal.invalid("Local only is not possible with this visibility");
        };
    }

    static Visibility visibility(String name) {
        return Visibility.ofApiName(name).orElseThrow(() -> Refusal.invalid("Visibility is not included in the list"));
    }

    static Instant scheduledAt(Parameters parameters) {
        try {
            return parameters.text("scheduled_at").filter(text -> !text.isBlank()).map(text -> OffsetDateTime.parse(text).toInstant()).orElse(null);
        } catch (DateTimeException malformed) {
            throw Refusal.invalid("Scheduled at is not a valid date");
        }
    }

    private static Optional<NewPoll> poll(Parameters parameters) {
        Parameters poll = parameters.at("poll");
        if (!poll.has("options")) {
            return Optional.empty();
        }
        return Optional.of(new NewPoll(poll.texts("options").stream().map(String::strip).filter(option -> !option.isEmpty()).toList(),
            poll.number("expires_in").map(Duration::ofSeconds).orElse(null), poll.flag("multiple", false), poll.flag("hide_totals", false)));
    }

    static StatusChange change(Parameters parameters) {
        return new StatusChange(
            parameters.text("status").orElse(null), parameters.text("spoiler_text").orElse(null), contentType(parameters),
            parameters.flag("sensitive").orElse(null), parameters.text("language").orElse(null),
            parameters.text("quote_approval_policy").filter(text -> !text.isBlank()).orElse(null),
            parameters.has("media_ids") ? parameters.ids("media_ids") : null, mediaAttributes(parameters), poll(parameters).orElse(null));
    }

    private static List<MediaAttributes> mediaAttributes(Parameters parameters) {
        return parameters.objects("media_attributes").stream().filter(each -> each.id("id").isPresent()).map(each -> {
            Optional<double[]> focus = Uploads.focus(each);
            return new MediaAttributes(each.id("id").get(), each.text("description").orElse(null),
                focus.map(point -> point[0]).orElse(null), focus.map(point -> point[1]).orElse(null));
        }).toList();
    }
}
