package social.dunlin.federation.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.InstanceActors;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.ActivityStreams;
import social.dunlin.activitypub.Uris;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.id.ObjectUri;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;

/** Joining and leaving relays. The instance actor of the default domain follows them and signs for us all. */
@ApplicationScoped
public class Relays {
    /** The job that asks a relay; its payload is the relay's id. */
    public static final String KIND = "relay_subscription";

    private final Database database;
    private final RelayStore store;
    private final Domains domains;
    private final InstanceActors instanceActors;
    private final Deliveries deliveries;
    private final Jobs jobs;

    public Relays(Database database, RelayStore store, Domains domains, InstanceActors instanceActors, Deliveries deliveries, Jobs jobs) {
        this.database = database;
        this.store = store;
        this.domains = domains;
        this.instanceActors = instanceActors;
        this.deliveries = deliveries;
        this.jobs = jobs;
    }

    /** Has the relay asked in the background; one that is known and has not said no is left as it is. */
    public void add(String url) {
        ObjectUri address = ObjectUri.tryParse(url).filter(uri -> uri.isHttps() && !domains.isOwnHost(uri.host().value()))
            .orElseThrow(() -> Refusal.invalid("A relay is named by its inbox (https://HOST/inbox) or its actor (https://HOST/actor)"));
        database.transaction(() -> store.add(address.value())
            .ifPresent(id -> jobs.enqueue(Job.of(KIND, Long.toString(id)).uniqueBy(Long.toString(id)))));
    }

    public List<Relay> all() {
        return store.all();
    }

    /** Tells the relay and forgets it. */
    public void remove(String url) {
        database.transaction(() -> {
            Relay relay = store.remove(url).orElseThrow(() -> Refusal.invalid("There is no relay %s".formatted(url)));
            if (relay.followUri() != null) {
                Account actor = actor();
                ObjectNode follow = Activities.follow(relay.followUri(), actor.uri(), followed(relay, relay.actorUri()));
                send(actor, relay.inboxUrl(), Activities.undo(Uris.undo(relay.followUri()), actor.uri(), follow));
            }
        });
    }

    /** A relay that is to be asked. */
    public Optional<Relay> toAsk(long id) {
        return store.byId(id).filter(relay -> relay.state() == Relay.State.IDLE);
    }

    /** Sends the Follow. @param named the actor that the administrator named, null when it was an inbox */
    public void ask(Relay relay, Account named) {
        database.transaction(() -> {
            Optional<Relay> still = toAsk(relay.id());
            if (still.isPresent()) {
                Account actor = actor();
                String followUri = actor.uri() + "#relays/" + Snowflakes.next();
                String inbox = named == null ? relay.url() : named.inboxUrl();
                store.asked(relay.id(), inbox, named == null ? null : named.uri(), followUri);
                send(actor, inbox, Activities.follow(followUri, actor.uri(), followed(relay, named == null ? null : named.uri())));
            }
        });
    }

    public void notThere(Relay relay) {
        store.failed(relay.id());
    }

    private static String followed(Relay relay, String actorUri) {
        return relay.isNamedByInbox() ? ActivityStreams.PUBLIC : actorUri;
    }

    /** A relay's yes or no to our Follow. False when it is none. */
    public boolean answered(String actorUri, String followUri, boolean accepted) {
        return followUri != null && ObjectUri.tryParse(actorUri)
            .filter(uri -> store.answered(followUri, uri.value(), uri.host().value(), accepted ? Relay.State.ACCEPTED : Relay.State.REJECTED)).isPresent();
    }

    /** A relay of LitePub's style follows us back. False when it is nobody we asked, or follows somebody else. */
    public boolean followedBack(Account relay, String followUri, String followed) {
        Account actor = actor();
        if (followUri == null || !actor.uri().equals(followed) || !store.isActor(relay.uri(), false)) {
            return false;
        }
        send(actor, relay.inboxUrl(), Activities.accept(actor.uri() + "#accepts/relays/" + Snowflakes.next(), actor.uri(),
            Activities.follow(followUri, relay.uri(), actor.uri())));
        return true;
    }

    /** Whether what this actor passes on is wanted. */
    public boolean isRelay(String actorUri) {
        return store.isActor(actorUri, true);
    }

    private Account actor() {
        return instanceActors.of(domains.defaultDomain());
    }

    private void send(Account actor, String inbox, ObjectNode activity) {
        deliveries.sendTo(new OutgoingActivity(actor.id(), activity.get("id").textValue(), "relay " + inbox, activity.toString()), inbox);
    }
}
