package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import social.dunlin.translation.StatusTranslations.Translation;

/** A post in another language. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record TranslationEntity(
        String content,
        String spoilerText,
        String language,
        @JsonInclude(JsonInclude.Include.NON_NULL) TranslatedPoll poll,
        List<Attachment> mediaAttachments,
        String detectedSourceLanguage,
        String provider) {

    public record TranslatedPoll(String id, List<Option> options) {
    }

    public record Option(String title) {
    }

    public record Attachment(String id, String description) {
    }

    public static TranslationEntity of(Translation translation) {
        return new TranslationEntity(translation.content(), translation.spoilerText(), translation.language(),
            translation.poll() == null ? null : new TranslatedPoll(Long.toString(translation.poll().id()), translation.poll().options().stream().map(Option::new).toList()),
            translation.descriptions().stream().map(each -> new Attachment(Long.toString(each.mediaId()), each.text())).toList(),
            translation.sourceLanguage() == null ? "" : translation.sourceLanguage(), translation.provider());
    }
}
