package social.dunlin.federation.worker.inbox;

import java.util.Optional;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.ApTag;
import social.dunlin.status.Reaction;
import social.dunlin.text.EmojiCode;
import social.dunlin.text.EmojiText;
import social.dunlin.text.SafeUrl;

/**
 * The emoji of a reaction: {@code content} of an EmojiReact (FEP-c0e0) or of Misskey's Like, one emoji or
 * {@code :code:} with its picture among the tags. Anything else is no reaction.
 */
final class ReactionReader {
    private ReactionReader() {
    }

    static Optional<Reaction> read(ApActivity activity) {
        String content = activity.content() == null ? "" : activity.content().strip();
        return EmojiText.isOneEmoji(content) ? Optional.of(new Reaction(content, null)) : custom(content, activity);
    }

    /** Misskey names the host of somebody else's emoji within the colons. */
    private static Optional<Reaction> custom(String content, ApActivity activity) {
        String code = content.replaceFirst("@[^@:]*:$", ":");
        return EmojiCode.of(code).filter(known -> content.startsWith(":"))
            .flatMap(known -> picture(known, activity).map(url -> new Reaction(known.code(), url)));
    }

    private static Optional<String> picture(EmojiCode code, ApActivity activity) {
        return activity.tags().stream().filter(ApTag.Emoji.class::isInstance).map(ApTag.Emoji.class::cast)
            .filter(emoji -> emoji.code().equals(code.code())).map(ApTag.Emoji::url).map(SafeUrl::http)
            .filter(url -> url != null).findFirst();
    }
}
