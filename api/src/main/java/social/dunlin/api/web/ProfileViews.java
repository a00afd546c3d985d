package social.dunlin.api.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import social.dunlin.account.Account;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.api.access.Caller;
import social.dunlin.api.entity.AccountEntity;
import social.dunlin.api.entity.AccountRenderer;
import social.dunlin.text.HtmlToText;

/** Accounts as their pages show them, and what the pages say about themselves. */
@ApplicationScoped
public class ProfileViews {
    private static final String MISSING_HEADER = "/missing.png";
    private static final int PALETTES = 6;

    private final AccountRenderer renderer;
    private final PostViews views;
    private final Words words;
    private final Caller caller;

    public ProfileViews(AccountRenderer renderer, PostViews views, Words words, Caller caller) {
        this.renderer = renderer;
        this.views = views;
        this.words = words;
        this.caller = caller;
    }

    public AuthorView author(Account account) {
        return views.author(renderer.render(account), caller.domain().name());
    }

    public ProfileView of(Account account) {
        AccountEntity entity = renderer.render(account);
        Locale locale = words.locale();
        String host = caller.domain().name();
        boolean hasHeader = !entity.headerStatic().endsWith(MISSING_HEADER);
        return new ProfileView(
            views.author(entity, host),
            account.avatarDescription(),
            hasHeader ? entity.headerStatic() : null,
            account.headerDescription(),
            hasHeader ? null : TidePattern.of(account.id()),
            (int) Math.floorMod(account.id() >> 16, (long) PALETTES),
            entity.note().isBlank() ? null : EmojiHtml.ofHtml(entity.note(), entity.emojis()),
            ProfileFields.read(account.fields()).stream().map(field -> field(field, entity, locale)).toList(),
            Moment.of(account.createdAt(), locale),
            account.isGroup(),
            account.locked(),
            account.memorial(),
            entity.moved() == null ? null : views.author(entity.moved(), host),
            words.number(account.statusesCount()),
            words.number(account.followingCount()),
            words.number(account.followersCount()));
    }

    public HeadView head(Account account, ProfileView profile) {
        String note = HeadView.describe(HtmlToText.convert(account.note()));
        String name = profile.author().plainName();
        return new HeadView(
            "%s (%s)".formatted(name, profile.author().handle()),
            note.isEmpty() ? words.page().profile_summary(name, caller.domain().name()) : note,
            profile.author().href(), "profile", profile.author().avatar(), account.uri(), isHidden(account))
            .withFeed(profile.author().href() + FeedResource.SUFFIX);
    }

    /** Whether search engines shall leave this person's pages: unless they asked to be found, and while moderators limit them. */
    static boolean isHidden(Account account) {
        return !account.indexable() || account.silencedAt() != null;
    }

    private static ProfileView.FieldView field(ProfileField field, AccountEntity entity, Locale locale) {
        return new ProfileView.FieldView(EmojiHtml.ofText(field.name(), entity.emojis()), EmojiHtml.ofHtml(field.value(), entity.emojis()),
            Moment.of(field.verifiedAt(), locale));
    }
}
