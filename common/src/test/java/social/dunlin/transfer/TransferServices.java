package social.dunlin.transfer;

import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.federation.fetch.CollectionReader;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.move.Aliases;
import social.dunlin.relationship.RelationshipServices;

/** Puts the services of this package together without a container. */
public record TransferServices(Exports exports, Imports imports, ImportSteps steps) {
    public static TransferServices of(FederationWorld world, Aliases aliases, Outbox outbox) {
        ImportStore store = new ImportStore(world.database);
        return new TransferServices(new Exports(world.database), new Imports(world.database, world.accounts, aliases, store, world.jobs),
            new ImportSteps(world.database, world.accounts, world.domains, store, world.resolver, world.actors, new CollectionReader(world.fetcher),
                RelationshipServices.of(world.database, outbox), world.posts.actions, world.posts.lists));
    }
}
