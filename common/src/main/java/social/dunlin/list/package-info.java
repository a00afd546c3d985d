/** Lists that readers make of people they follow, and what those posted: {@link social.dunlin.list.ListService}. */
package social.dunlin.list;
