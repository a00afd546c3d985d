package social.dunlin.move;

import social.dunlin.account.UserService;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.relationship.FollowerMoves;
import social.dunlin.relationship.RelationshipServices;

/** Puts the services of this package together without a container. */
public record MoveServices(Aliases aliases, AccountMoves moves, FollowerMoves followers) {
    public static MoveServices of(FederationWorld world, UserService users, Outbox outbox) {
        FollowerMoves followers = RelationshipServices.moves(world.database, outbox, world.jobs);
        Aliases aliases = new Aliases(world.database, world.accounts, world.resolver, new MovingStore(world.database), outbox);
        return new MoveServices(aliases, new AccountMoves(world.database, world.accounts, aliases, users, world.actors, followers, outbox), followers);
    }
}
