/** What the people of this server are told by those who run it. */
package social.dunlin.announcement;
