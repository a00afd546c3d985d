package social.dunlin.visibility;

import java.time.Instant;
import social.dunlin.recall.RecalledAuthor;
import social.dunlin.recall.RecalledPost;
import social.dunlin.recall.RecalledReader;

/**
 * The rule of {@link StatusVisibility} in Java, for what a process remembers. Tests hold it equal to the rule.
 *
 * @param rule   what the list leaves out
 * @param reader null when nobody is known to read
 * @param now    by the database's clock
 */
public record RecalledVisibility(ListVisibility rule, RecalledReader reader, Instant now) {
    public enum Answer {
        SHOWN, HIDDEN,
        /** Something of it is not remembered: the rule itself has to be asked. */
        UNSURE
    }

    /** A post and who wrote it. */
    public record Part(RecalledPost post, RecalledAuthor author) {
    }

    /** @param boosted what the post boosts; null when it is no boost or what it boosts is not known */
    public Answer decide(Part post, Part boosted) {
        Answer answer = ofPart(post);
        if (answer != Answer.SHOWN || !post.post().isBoost()) {
            return answer == Answer.SHOWN && isLeftOut(post, null) ? Answer.HIDDEN : answer;
        }
        if (boosted == null) {
            return Answer.UNSURE;
        }
        answer = ofPart(boosted);
        return answer == Answer.SHOWN && isLeftOut(post, boosted) ? Answer.HIDDEN : answer;
    }

    private Answer ofPart(Part part) {
        RecalledPost post = part.post();
        if (post.hasEnded(now)) {
            return Answer.HIDDEN;
        }
        RecalledAuthor author = part.author();
        if (author == null) {
            return Answer.UNSURE;
        }
        if (author.shut()) {
            return Answer.HIDDEN;
        }
        boolean open = switch (post.visibility()) {
            case PUBLIC, UNLISTED -> true;
            default -> false;
        };
        if (reader == null) {
            return open ? Answer.SHOWN : Answer.HIDDEN;
        }
        if (reader.is(author.id())) {
            return Answer.SHOWN;
        }
        if (reader.isBlockedBy(author.id())) {
            return Answer.HIDDEN;
        }
        return open ? Answer.SHOWN : switch (post.visibility()) {
            case LOCAL, LOCAL_UNLISTED -> author.domainId() == reader.domainId() ? Answer.SHOWN : Answer.HIDDEN;
            case PRIVATE -> reader.follows(author.id()) || post.isFor(reader) ? Answer.SHOWN : Answer.HIDDEN;
            default -> post.isFor(reader) ? Answer.SHOWN : Answer.HIDDEN;
        };
    }

    /** By what the reader hides, and by what is kept from public lists. */
    private boolean isLeftOut(Part post, Part boosted) {
        RecalledAuthor author = post.author();
        if (rule.limited() && author.limited() && (reader == null || !reader.is(author.id()) && !reader.follows(author.id()))) {
            return true;
        }
        if (!rule.wanted() || reader == null || reader.is(author.id())) {
            return false;
        }
        return reader.hides(author, now) || boosted != null && !reader.is(boosted.author().id()) && reader.hides(boosted.author(), now);
    }
}
