package social.dunlin.translation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Entities;
import social.dunlin.media.MediaAttachment;
import social.dunlin.media.MediaAttachmentStore;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.Poll;
import social.dunlin.status.PollStore;
import social.dunlin.status.Status;
import social.dunlin.status.Visibility;
import social.dunlin.text.HtmlSanitizer;
import social.dunlin.text.HtmlToText;
import social.dunlin.translation.LibreTranslate.Translated;

/** Public posts in another language, by a service outside. What must not go there does not go. */
@ApplicationScoped
public class StatusTranslations {
    private static final String PROVIDER = "LibreTranslate";

    private final LibreTranslate service;
    private final PollStore polls;
    private final MediaAttachmentStore media;

    public StatusTranslations(LibreTranslate service, PollStore polls, MediaAttachmentStore media) {
        this.service = service;
        this.polls = polls;
        this.media = media;
    }

    /** @param poll null when there is none; @param descriptions of the attachments that have one */
    public record Translation(String content, String spoilerText, String language, String sourceLanguage, String provider,
                              TranslatedPoll poll, List<Description> descriptions) {
    }

    public record TranslatedPoll(long id, List<String> options) {
    }

    public record Description(long mediaId, String text) {
    }

    /** @param status one the reader may see; @param target BCP 47 */
    public Translation translate(Status status, String target) {
        if (!service.isConfigured()) {
            throw Refusal.notFound();
        }
        String source = primary(status.language());
        String wanted = primary(target);
        boolean open = status.visibility() == Visibility.PUBLIC || status.visibility() == Visibility.UNLISTED;
        if (!open || status.isReblog() || !speaks(source, wanted)) {
            throw Refusal.forbidden("This action is not allowed");
        }
        Optional<Poll> poll = polls.ofStatus(status.id());
        List<MediaAttachment> described = media.ofStatuses(List.of(status.id())).getOrDefault(status.id(), List.of()).stream()
            .filter(attachment -> attachment.description() != null && !attachment.description().isBlank()).toList();
        List<String> pieces = new ArrayList<>(List.of(status.content(), Entities.escape(status.spoilerText())));
        poll.ifPresent(found -> found.options().forEach(option -> pieces.add(Entities.escape(option))));
        described.forEach(attachment -> pieces.add(Entities.escape(attachment.description())));
        Translated translated = service.translate(pieces, source, wanted);
        return translation(wanted, poll, described, translated);
    }

    private boolean speaks(String source, String target) {
        return source == null ? service.languages().values().stream().anyMatch(targets -> targets.contains(target))
            : service.languages().getOrDefault(source, List.of()).contains(target);
    }

    private static Translation translation(String target, Optional<Poll> poll, List<MediaAttachment> described, Translated translated) {
        List<String> plain = translated.texts().stream().skip(1).map(HtmlToText::convert).toList();
        int options = poll.map(found -> found.options().size()).orElse(0);
        List<Description> descriptions = new ArrayList<>();
        for (int index = 0; index < described.size(); index++) {
            descriptions.add(new Description(described.get(index).id(), plain.get(1 + options + index)));
        }
        return new Translation(HtmlSanitizer.sanitize(translated.texts().getFirst()), plain.getFirst(), target, translated.sourceLanguage(), PROVIDER,
            poll.map(found -> new TranslatedPoll(found.id(), plain.subList(1, 1 + options))).orElse(null), descriptions);
    }

    /** {@code de-AT} is German to the service. */
    private static String primary(String language) {
        return language == null || language.isBlank() ? null : language.strip().split("[-_]")[0].toLowerCase(Locale.ROOT);
    }
}
