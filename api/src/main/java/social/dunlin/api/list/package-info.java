/** Lists that readers make of people they follow. */
package social.dunlin.api.list;
