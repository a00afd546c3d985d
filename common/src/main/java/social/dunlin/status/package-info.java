/** Posts: what they are, who may see them, how they change. */
package social.dunlin.status;
