/**
 * Sending to other servers: the audience of an activity is computed as a set in SQL, its body is kept once, and each
 * distinct inbox gets one delivery row. The federation worker drains the rows.
 */
package social.dunlin.federation.delivery;
