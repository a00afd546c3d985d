/**
 * Posts of other servers: fetched from their origin, checked for who may assert them, cleaned, and handed to the
 * statuses area. Content embedded by a third party is never taken.
 */
package social.dunlin.federation.object;
