package social.dunlin.recall;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A reader of ours, and how they stand to others. */
public final class RecalledReader {
    /** Of another server, or with more people than are remembered: for the rule itself. */
    static final RecalledReader UNKNOWN = new RecalledReader(0, 0, Ids.NONE, Ids.NONE, Ids.NONE, Map.of(), Set.of());

    private final long id;
    private final long domainId;
    private final Ids follows;
    private final Ids blocks;
    private final Ids blockedBy;
    private final Map<Long, Instant> mutes;
    private final Set<String> hosts;

    /**
     * @param mutes until when; {@link Instant#MAX} for good
     * @param hosts that the reader hides
     */
    RecalledReader(long id, long domainId, Ids follows, Ids blocks, Ids blockedBy, Map<Long, Instant> mutes, Set<String> hosts) {
        this.id = id;
        this.domainId = domainId;
        this.follows = follows;
        this.blocks = blocks;
        this.blockedBy = blockedBy;
        this.mutes = mutes;
        this.hosts = hosts;
    }

    boolean isKnown() {
        return this != UNKNOWN;
    }

    long id() {
        return id;
    }

    public boolean is(long account) {
        return id == account;
    }

    public long domainId() {
        return domainId;
    }

    public boolean follows(long account) {
        return follows.contains(account);
    }

    Ids follows() {
        return follows;
    }

    public boolean blocks(long account) {
        return blocks.contains(account);
    }

    /** The account blocks the reader. */
    public boolean isBlockedBy(long account) {
        return blockedBy.contains(account);
    }

    /** Blocked or muted by the reader, or of a host that the reader hides. */
    public boolean hides(RecalledAuthor author, Instant now) {
        if (blocks.contains(author.id())) {
            return true;
        }
        Instant end = mutes.isEmpty() ? null : mutes.get(author.id());
        return end != null && end.isAfter(now) || author.domainId() == 0 && hosts.contains(author.host());
    }

    int weight() {
        return 200 + 8 * (follows.size() + blocks.size() + blockedBy.size()) + 100 * (mutes.size() + hosts.size());
    }
}
