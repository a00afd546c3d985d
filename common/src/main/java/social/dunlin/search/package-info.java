/** Finding accounts and hashtags by what somebody types. Search in posts is not built yet. */
package social.dunlin.search;
