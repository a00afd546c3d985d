package social.dunlin.status;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.emoji.CustomEmoji;
import social.dunlin.emoji.CustomEmojiStore;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.refusal.Refusal;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.EmojiText;
import social.dunlin.visibility.StatusVisibility;
import social.dunlin.visibility.Viewer;

/** Emoji with which local people answer posts (Pleroma's API; FEP-c0e0). Each can be repeated without effect. */
@ApplicationScoped
public class LocalReactions {
    private final Database database;
    private final StatusStore statuses;
    private final ReactionStore store;
    private final CustomEmojiStore emojis;
    private final StatusVisibility visibility;
    private final Outbox outbox;

    public LocalReactions(Database database, StatusStore statuses, ReactionStore store, CustomEmojiStore emojis, StatusVisibility visibility, Outbox outbox) {
        this.database = database;
        this.statuses = statuses;
        this.store = store;
        this.emojis = emojis;
        this.visibility = visibility;
        this.outbox = outbox;
    }

    /** @param emoji one Unicode emoji, or the code of a custom one of ours or of one that others put on this post */
    public Status react(Account account, long statusId, String emoji) {
        return database.transaction(() -> {
            Status status = visible(account, statusId);
            Reaction reaction = reaction(status, emoji)
                .orElseThrow(() -> Refusal.invalid("Name is not a recognized emoji"));
            if (store.react(account.id(), status.id(), reaction, null)) {
                outbox.reacted(account.id(), status.id(), reaction);
            } else if (store.ofAccount(account.id(), status.id(), reaction.name()).isEmpty()) {
                throw Refusal.invalid("Limit of different reactions reached");
            }
            return status;
        });
    }

    /** Taking back is possible whoever may see the post; the answer is given to who may. */
    public Status unreact(Account account, long statusId, String emoji) {
        database.transaction(() -> statuses.byId(statusId).ifPresent(status -> store.ofAccount(account.id(), status.originalId(), name(emoji))
            .ifPresent(own -> {
                outbox.reactionUndone(account.id(), status.originalId(), own.reaction(), own.uri());
                store.unreact(account.id(), status.originalId(), own.reaction().name());
            })));
        return visible(account, statusId);
    }

    private Status visible(Account account, long statusId) {
        Status found = statuses.byId(statusId).filter(status -> visibility.mayFavourite(Viewer.of(account.id()), status)).orElseThrow(Refusal::notFound);
        return found.isReblog() ? statuses.byId(found.originalId()).orElseThrow(Refusal::notFound) : found;
    }

    private Optional<Reaction> reaction(Status status, String emoji) {
        if (EmojiText.isOneEmoji(emoji)) {
            return Optional.of(new Reaction(emoji, null));
        }
        String name = name(emoji);
        return store.onPost(status.id(), name).or(() -> EmojiCode.of(name)
            .flatMap(code -> emojis.byKeys(List.of(new CustomEmoji.Key("", code.code()))).values().stream().findFirst())
            .map(known -> new Reaction(known.shortcode(), known.url())));
    }

    /** Clients write {@code wave}, {@code :wave:} or, for somebody else's, {@code wave@host}. */
    public static String name(String emoji) {
        return EmojiText.isOneEmoji(emoji) ? emoji : emoji.replace(":", "").replaceFirst("@.*$", "");
    }
}
