package social.dunlin.federation.worker.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.activitypub.Activities;
import social.dunlin.activitypub.ActorView;
import social.dunlin.database.Database;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.federation.document.ActorDocuments;
import social.dunlin.federation.document.StatusActivities;
import social.dunlin.federation.outbox.OutboxTask;
import social.dunlin.id.Snowflakes;
import social.dunlin.queue.JobHandler;
import social.dunlin.queue.JobRun;
import social.dunlin.status.PollStore;
import social.dunlin.status.Status;
import social.dunlin.status.StatusStore;
import social.dunlin.status.Visibility;

/** Create, Announce, Update and Move. What is gone by now is not told; its deletion was. */
@ApplicationScoped
public class OutboxHandler implements JobHandler {
    private final Database database;
    private final StatusStore statuses;
    private final PollStore polls;
    private final AccountStore accounts;
    private final StatusActivities activities;
    private final ActorDocuments actors;
    private final Deliveries deliveries;

    public OutboxHandler(Database database, StatusStore statuses, PollStore polls, AccountStore accounts, StatusActivities activities,
            ActorDocuments actors, Deliveries deliveries) {
        this.database = database;
        this.statuses = statuses;
        this.polls = polls;
        this.accounts = accounts;
        this.activities = activities;
        this.actors = actors;
        this.deliveries = deliveries;
    }

    @Override
    public String kind() {
        return OutboxTask.KIND;
    }

    /** One account's activities are written in order. */
    @Override
    public int concurrencyPerKey() {
        return 1;
    }

    @Override
    public void handle(JobRun run) {
        OutboxTask task = OutboxTask.read(run.payload());
        database.transaction(() -> {
            switch (task) {
                case OutboxTask.StatusCreated(long id) -> held(id).ifPresent(status ->
                    send(status, activities.made(status), status.isReblog()
                        ? activities.audienceOfAnnounce(status) : activities.audienceOfCreate(status)));
                case OutboxTask.StatusEdited(long id) -> held(id).ifPresent(status ->
                    send(status, activities.update(status), activities.audienceOfUpdate(status)));
                case OutboxTask.PollChanged(long id) -> held(id).ifPresent(this::tellTallies);
                case OutboxTask.AccountChanged(long id) -> accounts.byId(id).filter(Account::isLocal).ifPresent(this::tellProfile);
                case OutboxTask.AccountMoved(long id) -> accounts.byId(id).filter(Account::isLocal).filter(Account::hasMoved).ifPresent(this::tellMove);
            }
        });
    }

    /**
     * The post, held against deletion until its deliveries are written: otherwise a Create could be queued behind the
     * Delete that overtook it.
     */
    private Optional<Status> held(long id) {
        return database.exists("select from status where id = $1 for key share", id)
            ? statuses.byId(id).filter(status -> status.visibility().federates()) : Optional.empty();
    }

    private void tellTallies(Status status) {
        polls.noteTold(status.id());
        send(status, activities.update(status), activities.audienceOfTallies(status));
    }

    private void tellProfile(Account account) {
        ActorView view = actors.view(account);
        Instant now = Instant.now();
        deliveries.send(outgoing(account.id(), account.uri(), Activities.updateActor(view.uris().actorUpdate(account.username(), now), view, now)),
            Audience.followers(account.id()));
    }

    /** About the same subject as the profile, so that the new profile is there first. */
    private void tellMove(Account account) {
        ActorView view = actors.view(account);
        deliveries.send(outgoing(account.id(), account.uri(), Activities.move(view.uris().move(account.username(), Snowflakes.next()), account.uri(),
            view.movedTo(), view.uris().followers(account.username()))), Audience.followers(account.id()));
    }

    /** With what only followers get, both sides compare who they are. */
    private void send(Status status, ObjectNode activity, Audience audience) {
        deliveries.send(outgoing(status.accountId(), status.uri(), activity).synchronising(status.visibility() == Visibility.PRIVATE), audience);
    }

    private static OutgoingActivity outgoing(long accountId, String subject, ObjectNode activity) {
        return new OutgoingActivity(accountId, activity.get("id").textValue(), subject, activity.toString());
    }
}
