package social.dunlin.api.entity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Set;
import social.dunlin.api.entity.StatusRenderer.Bare;
import social.dunlin.filter.FilterableText;
import social.dunlin.status.Status;
import social.dunlin.status.StatusDetails.Mentioned;
import social.dunlin.status.Visibility;

/** A post or boost written out as far as it is the same for all readers until its row changes, and what is needed to add the rest. */
final class KeptStatus {
    private static final Set<String> CHANGING = Set.of("replies_count", "reblogs_count", "favourites_count", "quotes_count", "reblog", "account",
        "quote", "quote_approval", "poll", "emoji_reactions");
    private static final Set<String> CHANGING_WITH_CARD = Set.of("replies_count", "reblogs_count", "favourites_count", "quotes_count", "reblog", "account",
        "quote", "quote_approval", "card", "poll", "emoji_reactions");
    private static final int OVERHEAD = 320;

    final long id;
    final long accountId;
    final long version;
    /** 0 for a post. */
    final long reblogOfId;
    final Visibility visibility;
    final String quotePolicy;
    final boolean hasPoll;
    final boolean hasQuote;
    /** Its card shows an account, or something of it to its author alone. */
    final boolean hasChangingCard;
    final List<EmojiReactionEntity> reactions;
    final List<CustomEmojiEntity> emojis;
    private final JsonTemplate json;
    private final JsonTemplate approval;
    /** Null when it was not written with a client. */
    private final byte[] application;
    private final long[] mentioned;
    private final String content;
    /** Warning, options of the poll, descriptions of attachments. */
    private final List<String> otherWords;
    private volatile FilterableText text;

    private KeptStatus(ObjectMapper json, Bare bare, long version) throws JsonProcessingException {
        Status status = bare.status();
        StatusEntity entity = bare.entity();
        this.id = status.id();
        this.accountId = status.accountId();
        this.version = version;
        this.reblogOfId = status.reblogOfId().orElse(0);
        this.visibility = status.visibility();
        this.quotePolicy = status.quotePolicy();
        this.hasPoll = entity.poll() != null;
        this.hasQuote = bare.quote();
        this.hasChangingCard = bare.changingCard();
        this.reactions = entity.emojiReactions();
        this.emojis = entity.emojis();
        this.json = JsonTemplate.of(json, entity, hasChangingCard ? CHANGING_WITH_CARD : CHANGING);
        this.approval = JsonTemplate.of(json, entity.quoteApproval(), Set.of("current_user"));
        this.application = bare.application() == null ? null : json.writeValueAsBytes(bare.application());
        this.mentioned = bare.mentioned().stream().mapToLong(Mentioned::accountId).toArray();
        this.content = entity.content();
        this.otherWords = FilterResults.otherWords(entity);
    }

    static KeptStatus of(ObjectMapper json, Bare bare, long version) {
        try {
            return new KeptStatus(json, bare, version);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int weight() {
        return OVERHEAD + json.size() + content.length() + 8 * mentioned.length
            + otherWords.stream().mapToInt(word -> word == null ? 0 : word.length()).sum() + 200 * (reactions.size() + emojis.size());
    }

    boolean isBoost() {
        return reblogOfId != 0;
    }

    boolean mentions(long account) {
        for (long each : mentioned) {
            if (each == account) {
                return true;
            }
        }
        return false;
    }

    /** Made for the first reader with filters. */
    FilterableText words() {
        FilterableText made = text;
        if (made == null) {
            made = FilterableText.of(content, otherWords);
            text = made;
        }
        return made;
    }

    void write(int part, JsonBytes out) {
        json.write(part, out);
    }

    /** Who may quote it. @param currentUser what that means for the reader */
    void writeApproval(String currentUser, JsonBytes out) {
        approval.write(0, out);
        out.add(",\"current_user\":\"").add(currentUser).add("\"");
        approval.write(1, out);
    }

    /** The client it was written with, for its author. */
    void writeApplication(JsonBytes out) {
        if (application != null) {
            out.add(",\"application\":").add(application);
        }
    }
}
