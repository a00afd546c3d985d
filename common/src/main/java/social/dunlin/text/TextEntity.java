package social.dunlin.text;

/** Something with a meaning inside plain text; {@code start} inclusive and {@code end} exclusive, in UTF-16 units. */
public sealed interface TextEntity {
    int start();

    int end();

    /** {@code @user} or {@code @user@host:port}. */
    record Mention(int start, int end, MentionName name) implements TextEntity {
    }

    /** {@code #tag}. */
    record Tag(int start, int end, Hashtag hashtag) implements TextEntity {
    }

    /** An {@code http} or {@code https} address as it was written. */
    record Url(int start, int end, String url) implements TextEntity {
    }

    /** {@code :code:}; whether such an emoji exists is for the caller to know. */
    record Emoji(int start, int end, EmojiCode code) implements TextEntity {
    }
}
