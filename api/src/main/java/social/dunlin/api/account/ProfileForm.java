package social.dunlin.api.account;

import java.util.List;
import social.dunlin.api.request.Parameters;
import social.dunlin.profile.ProfileChange;
import social.dunlin.profile.ProfileChange.AppearanceChange;
import social.dunlin.profile.ProfileChange.FieldChange;
import social.dunlin.profile.ProfileChange.SettingsChange;

/** Reads what clients send to change a profile, under its old address and its new one. */
final class ProfileForm {
    private ProfileForm() {
    }

    static ProfileChange read(Parameters parameters) {
        Parameters source = parameters.at("source");
        return new ProfileChange(
            parameters.text("display_name").orElse(null),
            parameters.text("note").orElse(null),
            parameters.flag("locked").orElse(null),
            parameters.flag("bot").orElse(null),
            parameters.flag("discoverable").orElse(null),
            parameters.flag("indexable").orElse(null),
            parameters.flag("hide_collections").orElse(null),
            parameters.has("fields_attributes") ? fields(parameters) : null,
            parameters.has("attribution_domains") ? parameters.texts("attribution_domains") : null,
            new AppearanceChange(
                parameters.text("avatar_description").orElse(null),
                parameters.text("header_description").orElse(null),
                parameters.flag("show_media").orElse(null),
                parameters.flag("show_media_replies").orElse(null),
                parameters.flag("show_featured").orElse(null)),
            new SettingsChange(
                source.text("privacy").filter(text -> !text.isBlank()).orElse(null),
                source.flag("sensitive").orElse(null),
                source.text("language").orElse(null),
                source.text("quote_policy").filter(text -> !text.isBlank()).orElse(null),
                source.text("status_content_type").filter(text -> !text.isBlank()).orElse(null)));
    }

    private static List<FieldChange> fields(Parameters parameters) {
        return parameters.objects("fields_attributes").stream()
            .map(field -> new FieldChange(field.text("name").orElse(""), field.text("value").orElse(""))).toList();
    }
}
