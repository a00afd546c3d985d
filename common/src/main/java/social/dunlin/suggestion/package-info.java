/** People one might like to follow, and the directory of those who want to be found. Only who is {@code discoverable} is in either. */
package social.dunlin.suggestion;
