package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.domain.Domain;
import social.dunlin.profile.ProfileStore;
import social.dunlin.status.FeaturedTags;

/** Renders one's own profile for editing. */
@ApplicationScoped
public class ProfileRenderer {
    private final ProfileStore profiles;
    private final FeaturedTags tags;

    public ProfileRenderer(ProfileStore profiles, FeaturedTags tags) {
        this.profiles = profiles;
        this.tags = tags;
    }

    public ProfileEntity render(Account account, Domain domain) {
        List<ProfileField> fields = ProfileFields.read(account.fields());
        return new ProfileEntity(Long.toString(account.id()), account.displayName(), account.noteSource(), fields.stream().map(FieldEntity::sourceOf).toList(),
            account.avatarRemoteUrl(), account.avatarRemoteUrl(), account.avatarDescription(),
            account.headerRemoteUrl(), account.headerRemoteUrl(), account.headerDescription(),
            account.locked(), account.isBot(), account.hideCollections(), account.discoverable(), account.indexable(),
            account.showMedia(), account.showMediaReplies(), account.showFeatured(), profiles.attributionDomains(account.id()),
            account.note(), fields.stream().map(FieldEntity::of).toList(),
            tags.of(account.id()).stream().map(tag -> FeaturedTagEntity.of(tag, domain)).toList());
    }
}
