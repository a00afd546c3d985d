/** Pages of lists by id, never by offset. */
package social.dunlin.paging;
