/**
 * Getting documents from other servers: signed GETs through the guarded client, the rule that a document's id is the
 * address it came from, a memory of what failed lately, and a budget for all that one cause may set off.
 */
package social.dunlin.federation.fetch;
