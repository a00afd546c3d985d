package social.dunlin.api.entity;

import jakarta.enterprise.context.ApplicationScoped;
import social.dunlin.account.Account;
import social.dunlin.account.AccountSettingStore;
import social.dunlin.account.AccountSettings;
import social.dunlin.account.ProfileFields;
import social.dunlin.api.entity.CredentialAccountEntity.RoleEntity;
import social.dunlin.api.entity.CredentialAccountEntity.Source;
import social.dunlin.profile.ProfileStore;

/** Renders one's own account. */
@ApplicationScoped
public class CredentialAccountRenderer {
    private static final int SHOWN_REQUESTS = 40;

    private final AccountRenderer accounts;
    private final AccountSettingStore settings;
    private final ProfileStore profiles;

    public CredentialAccountRenderer(AccountRenderer accounts, AccountSettingStore settings, ProfileStore profiles) {
        this.accounts = accounts;
        this.settings = settings;
        this.profiles = profiles;
    }

    public CredentialAccountEntity render(Account account) {
        AccountSettings set = settings.of(account.id());
        Source source = new Source(
            profiles.attributionDomains(account.id()),
            account.noteSource(),
            ProfileFields.read(account.fields()).stream().map(FieldEntity::sourceOf).toList(),
            set.defaultVisibility(), set.defaultSensitive(), set.defaultLanguage(),
            profiles.followRequestsCount(account.id(), SHOWN_REQUESTS),
            account.hideCollections(), account.discoverable(), account.indexable(), set.defaultQuotePolicy(),
            set.defaultContentType());
        return new CredentialAccountEntity(accounts.render(account), source, RoleEntity.EVERYONE);
    }
}
