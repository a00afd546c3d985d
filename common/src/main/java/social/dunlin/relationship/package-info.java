/**
 * What one account is to another: follow, follow request, block, mute, domain block, note, endorsement.
 * {@link social.dunlin.relationship.RelationshipService} holds the rules for local people {@link social.dunlin.relationship.RemoteRelationships}
 * those for what other servers say, {@link social.dunlin.relationship.FollowerMoves} those for accounts that move; counters, feed rows, notifications and outgoing activities belong to the same
 * transaction as their cause.
 */
package social.dunlin.relationship;
