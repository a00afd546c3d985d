package social.dunlin.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.domain.Domains;
import social.dunlin.event.Event.AccountChanged;
import social.dunlin.event.EventBus;
import social.dunlin.id.Host;
import social.dunlin.media.proxy.MediaRejections;
import social.dunlin.moderation.DomainBlock.Severity;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;
import social.dunlin.refusal.Refusal;
import social.dunlin.relationship.RelationshipService;

/**
 * Servers that this one limits or blocks, with all below them. Whoever comes from there later comes in limited or
 * suspended; those who are known already become so by a job, some at a time. Of a blocked server all follows end at once.
 */
@ApplicationScoped
public class DomainBlocks {
    /** The job that brings the known accounts of a server into line; its payload is the host. */
    public static final String KIND = "domain_block";
    private static final int LONGEST = 1_000;

    private final Database database;
    private final DomainBlockStore store;
    private final Domains domains;
    private final RelationshipService relationships;
    private final MediaRejections rejections;
    private final Jobs jobs;
    private final EventBus events;

    DomainBlocks(Database database, DomainBlockStore store, Domains domains, RelationshipService relationships, MediaRejections rejections, Jobs jobs,
            EventBus events) {
        this.database = database;
        this.store = store;
        this.domains = domains;
        this.relationships = relationships;
        this.rejections = rejections;
        this.jobs = jobs;
        this.events = events;
    }

    /** Limits a server or blocks it; again changes how. */
    public DomainBlock put(Host host, Severity severity, String publicComment, String privateComment, boolean obfuscated) {
        if (domains.isOwnHost(host.value()) || domains.isOwnHost(host.name())) {
            throw Refusal.invalid("%s is served here".formatted(host.name()));
        }
        if (publicComment.length() > LONGEST || privateComment.length() > LONGEST) {
            throw Refusal.invalid("Comments have at most %d characters".formatted(LONGEST));
        }
        return database.transaction(() -> {
            DomainBlock block = store.put(host.name(), severity, publicComment.strip(), privateComment.strip(), obfuscated);
            if (severity == Severity.SUSPEND) {
                store.dropDeliveries(host.name());
                // Only while its people still count as such who are to be told.
                relationships.endFollowsWithServer(host.name());
            }
            rejections.changed();
            jobs.enqueue(job(host.name()));
            return block;
        });
    }

    /** Lets a server in again; ended follows stay ended, and what was said of its media stays. */
    public void lift(Host host) {
        database.transaction(() -> {
            if (!store.lift(host.name())) {
                throw Refusal.invalid("%s is neither limited nor blocked".formatted(host.name()));
            }
            rejections.changed();
            jobs.enqueue(job(host.name()));
        });
    }

    /** Limited and blocked ones, the blocked first. */
    public List<DomainBlock> all() {
        return store.all();
    }

    /** One step of bringing the known accounts of a server into line. False when nothing is left. */
    public boolean step(String host, int accountsAtOnce) {
        return database.transaction(() -> {
            List<Long> changed = switch (store.severity(host)) {
                case SUSPEND -> store.suspend(host, accountsAtOnce);
                case SILENCE -> store.limit(host, accountsAtOnce);
                case NOOP -> store.release(host, accountsAtOnce);
            };
            events.publishAll(changed.stream().map(AccountChanged::new).toList());
            if (!changed.isEmpty()) {
                jobs.enqueue(job(host));
            } else if (store.severity(host) == Severity.NOOP) {
                // Who was let go here may be meant by a block above or below.
                store.related(host).forEach(other -> jobs.enqueue(job(other)));
            }
            return !changed.isEmpty();
        });
    }

    private static Job job(String host) {
        return Job.of(KIND, host).withPriority(Job.LEISURELY).uniqueBy(host);
    }
}
