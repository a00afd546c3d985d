package social.dunlin.visibility;

/**
 * The rule of {@link StatusVisibility} for the rows of a list, spelled for speed: authors and what boosts hold are joined
 * instead of asked about, and whom the reader hides is read once, up to {@value #MOST} of them. The condition leaves out
 * only what the rule leaves out; and where {@link #certain} holds for every row it lets through, they are what the rule
 * gives. Otherwise the list has to be read by the rule itself. Tests hold the two equal.
 *
 * <p>In its SQL the reader is {@code $1}.
 *
 * @param known   whether there is a reader; nobody knows strangers
 * @param wanted  whether the list leaves out what the reader hides, as {@link StatusVisibility#wantedBy} does
 * @param open    whether the list holds nothing but public posts
 * @param boosts  whether it may hold boosts
 * @param limited whether it leaves out people who are kept from public lists, by {@link #notLimited}
 */
public record ListVisibility(boolean known, boolean wanted, boolean open, boolean boosts, boolean limited) {
    /** Accounts, and hosts; who hides more is served by the rule itself. */
    private static final int MOST = 300;

    private static final String HIDDEN = "(select hidden from reader)";
    private static final String HOSTS = "(select hosts from reader)";
    private static final String DOMAIN = "(select domain_id from reader)";

    private static final String THERE = """
        (PART.expires_at is null or PART.expires_at > now()) and AUTHOR.suspended_at is null and AUTHOR.deleted_at is null""";
    private static final String ADDRESSED = """
        (status.visibility in ('public', 'unlisted') or status.account_id = $1
         or (status.visibility in ('local', 'local-unlisted') and author.domain_id = %s)
         or (status.visibility = 'private'
             and exists (select from follow where follow.account_id = $1 and follow.target_account_id = status.account_id))
         or (status.visibility in ('private', 'direct')
             and exists (select from mention where mention.status_id = status.id and mention.account_id = $1)))""".formatted(DOMAIN);
    /** Who is let through to a neighbour's local boost is a neighbour. Others' private posts are not boosted; should one be all the same, the rule says who sees it. */
    private static final String BOOST_ADDRESSED = """
        (boosted.id is null or boosted.visibility in ('public', 'unlisted') or boosted.account_id = $1
         or (boosted.visibility in ('local', 'local-unlisted') and boosted_author.domain_id = author.domain_id
             and (status.account_id = $1 or status.visibility in ('local', 'local-unlisted'))))""";

    private static final String BLOCKED_BY = "select block.account_id from block where block.target_account_id = $1";
    private static final String HIDES = """
        select block.target_account_id from block where block.account_id = $1
        union all
        select mute.target_account_id from mute where mute.account_id = $1 and (mute.expires_at is null or mute.expires_at > now())
        union all\s""" + BLOCKED_BY;
    private static final String HIDES_HOSTS = "select hiding.host from account_domain_block hiding where hiding.account_id = $1";
    private static final String HOST = "case when AUTHOR.domain_id is null then AUTHOR.host end";

    private static String ofPost(String condition) {
        return condition.replace("PART", "status").replace("AUTHOR", "author");
    }

    private static String ofBoosted(String condition) {
        return condition.replace("PART", "boosted").replace("AUTHOR", "boosted_author");
    }

    /** What the conditions look at, with {@code status} and {@code author} among them. Indexes: the primary keys. */
    public String tables() {
        String posts = "status join account author on author.id = status.account_id";
        return boosts ? """
             (%s
              left join status boosted on boosted.id = status.reblog_of_id
              left join account boosted_author on boosted_author.id = boosted.account_id)\s""".formatted(posts) : " (" + posts + ") ";
    }

    /**
     * The common table expression that the conditions read, with a comma behind. Each look at it costs a node of the plan, so
     * there are few. Indexes: the keys of block, mute and account_domain_block, block_of_target.
     */
    public String reader() {
        return known ? """
            reader as materialized (
              select known.*, known.domain_id is not null and cardinality(known.hidden) <= %3$d%4$s as usable
              from (select account.domain_id, array(%1$s limit %3$d + 1) as hidden%2$s from account where account.id = $1 offset 0) known),
            """.formatted(wanted ? HIDES : BLOCKED_BY, wanted ? ", array(%s limit %d + 1) as hosts".formatted(HIDES_HOSTS, MOST) : "", MOST,
                wanted ? " and cardinality(known.hosts) <= " + MOST : "") : "";
    }

    /** A condition on {@code status}. */
    public String condition() {
        StringBuilder condition = new StringBuilder("(").append(ofPost(THERE));
        if (boosts) {
            condition.append(" and ").append(ofBoosted(THERE));
        }
        if (!open) {
            condition.append(" and ").append(known ? ADDRESSED : "status.visibility in ('public', 'unlisted')");
        }
        if (known) {
            condition.append(" and ").append(wanted ? notHidden() : notShutOut());
        }
        return condition.append(")").toString();
    }

    /** One's own posts are never unwanted, and neither is what one boosted; whether that may still be seen is another question. */
    private String notHidden() {
        return "(status.account_id = $1 or not (array[status.account_id%s] && %s or array[%s%s] && %s))".formatted(
            boosts ? ", nullif(boosted.account_id, $1)" : "", HIDDEN, ofPost(HOST), boosts ? ", " + ofBoosted(HOST) : "", HOSTS);
    }

    private String notShutOut() {
        return "not (array[nullif(status.account_id, $1)%s] && %s)".formatted(boosts ? ", nullif(boosted.account_id, $1)" : "", HIDDEN);
    }

    /** Of a row that the condition lets through. Readers of other servers are for the rule itself. */
    public String certain() {
        if (!known) {
            return boosts ? "(boosted.id is null or boosted.visibility in ('public', 'unlisted'))" : "true";
        }
        return "((select usable from reader)" + (boosts ? " and " + BOOST_ADDRESSED : "")
            + (boosts && wanted ? " and (status.account_id <> $1 or boosted.id is null or not (array[boosted.account_id] && " + HIDDEN + "))" : "") + ")";
    }

    /** A condition on {@code author}: no one whose posts are kept from public lists, but for those who follow them. */
    public String notLimited() {
        return known ? """
            (author.silenced_at is null or author.id = $1
             or exists (select from follow where follow.account_id = $1 and follow.target_account_id = author.id))""" : "author.silenced_at is null";
    }
}
