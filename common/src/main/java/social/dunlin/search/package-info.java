/**
 * Finding accounts, hashtags and posts by what somebody types. Words are cut by {@code SearchText}
 * (docs/adr/0018-words-are-cut-in-java.md).
 */
package social.dunlin.search;
