package social.dunlin.federation.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.InstanceActors;
import social.dunlin.activitypub.Activities;
import social.dunlin.domain.Domains;
import social.dunlin.federation.delivery.Audience;
import social.dunlin.federation.delivery.Deliveries;
import social.dunlin.federation.delivery.OutgoingActivity;
import social.dunlin.id.Snowflakes;

/** Reports on their way to other servers. */
@ApplicationScoped
public class ReportOutbox {
    private final Domains domains;
    private final InstanceActors instanceActors;
    private final Deliveries deliveries;

    public ReportOutbox(Domains domains, InstanceActors instanceActors, Deliveries deliveries) {
        this.domains = domains;
        this.instanceActors = instanceActors;
        this.deliveries = deliveries;
    }

    /**
     * Flag to the server of the accused, in the name of the reporter's server: its moderators need not know who reports, and
     * the accused may be one of them.
     *
     * @param objects the accused, posts and collections of theirs; everything lives at that server
     */
    public void reported(Account reporter, Account accused, List<String> objects, String comment) {
        Account actor = instanceActors.of(domains.byId(reporter.domainId().orElseThrow()));
        ObjectNode flag = Activities.flag(actor.uri() + "#flags/" + Snowflakes.next(), actor.uri(), accused.uri(), objects, comment);
        String id = flag.get("id").textValue();
        deliveries.send(new OutgoingActivity(actor.id(), id, id, flag.toString()), Audience.of(accused.id()));
    }
}
