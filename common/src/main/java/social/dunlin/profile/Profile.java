package social.dunlin.profile;

import java.util.List;
import social.dunlin.profile.ProfileChange.AppearanceChange;

/**
 * A profile as it is to be stored.
 *
 * @param note               HTML
 * @param fields             JSON, see {@link social.dunlin.account.ProfileFields}
 * @param attributionDomains null = leave as they are
 * @param appearance         null members = leave as they are
 */
record Profile(
        long accountId,
        String displayName,
        String note,
        String noteSource,
        String fields,
        List<String> emojis,
        boolean locked,
        String actorType,
        Boolean discoverable,
        boolean indexable,
        boolean hideCollections,
        List<String> attributionDomains,
        AppearanceChange appearance) {
}
