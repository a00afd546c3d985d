/**
 * What readers want covered or hidden: {@link social.dunlin.filter.FilterService} keeps their filters,
 * {@link social.dunlin.filter.Filters} has them ready to be asked about posts. The server marks, the client hides.
 */
package social.dunlin.filter;
