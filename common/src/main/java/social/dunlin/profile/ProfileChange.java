package social.dunlin.profile;

import java.util.List;

/**
 * What to change; null = leave as it is.
 *
 * @param note     plain text
 * @param fields   replace all; those without name and value are dropped
 * @param appearance what stands around the posts
 * @param settings what belongs to posting, not to the public profile
 */
public record ProfileChange(
        String displayName,
        String note,
        Boolean locked,
        Boolean bot,
        Boolean discoverable,
        Boolean indexable,
        Boolean hideCollections,
        List<FieldChange> fields,
        List<String> attributionDomains,
        AppearanceChange appearance,
        SettingsChange settings) {

    /** A line of the profile as typed. */
    public record FieldChange(String name, String value) {
        boolean isEmpty() {
            return name.isBlank() && value.isBlank();
        }
    }

    /** @param showMedia and its fellows: which lists clients offer on the profile */
    public record AppearanceChange(String avatarDescription, String headerDescription, Boolean showMedia, Boolean showMediaReplies, Boolean showFeatured) {
        public static final AppearanceChange NONE = new AppearanceChange(null, null, null, null, null);
    }

    /** @param language empty = by the client; @param contentType media type of what is typed */
    public record SettingsChange(String visibility, Boolean sensitive, String language, String quotePolicy, String contentType) {
        public static final SettingsChange NONE = new SettingsChange(null, null, null, null, null);
    }

    boolean concernsProfile() {
        return displayName != null || note != null || locked != null || bot != null || discoverable != null || indexable != null
            || hideCollections != null || fields != null || attributionDomains != null || !appearance.equals(AppearanceChange.NONE);
    }
}
