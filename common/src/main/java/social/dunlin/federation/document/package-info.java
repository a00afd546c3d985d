/** From the rows of local accounts and posts to the documents other servers read; the same for endpoints and deliveries. */
package social.dunlin.federation.document;
