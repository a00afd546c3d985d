package social.dunlin.list;

/**
 * A list that somebody made of people they follow.
 *
 * @param exclusive what its members post stays out of the maker's home
 */
public record PeopleList(long id, long accountId, String title, RepliesPolicy repliesPolicy, boolean exclusive) {
}
