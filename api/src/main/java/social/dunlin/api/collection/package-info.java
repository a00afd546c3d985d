/** Collections of accounts in the API. */
package social.dunlin.api.collection;
