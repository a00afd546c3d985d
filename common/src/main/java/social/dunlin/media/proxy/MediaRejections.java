package social.dunlin.media.proxy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import social.dunlin.database.Database;
import social.dunlin.event.Event.MediaRejectionsChanged;
import social.dunlin.event.EventBus;
import social.dunlin.id.Host;

/**
 * Hosts whose media nobody here is shown, their subdomains included, and those that are blocked altogether. Kept in memory, since every picture is asked about;
 * an event brings a change to every process.
 */
@ApplicationScoped
public class MediaRejections {
    private final Database database;
    private final EventBus events;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Set<String> hosts;
    private boolean listening;

    public MediaRejections(Database database, EventBus events) {
        this.database = database;
        this.events = events;
    }

    /** @param host with or without a port; empty for nobody's */
    public boolean isRejected(String host) {
        Set<String> rejected = hosts();
        if (rejected.isEmpty() || host.isEmpty()) {
            return false;
        }
        String name = Host.tryParse(host).map(Host::name).orElse(host);
        for (String part = name; !part.isEmpty(); part = part.substring(part.indexOf('.') + 1)) {
            if (rejected.contains(part)) {
                return true;
            }
            if (part.indexOf('.') < 0) {
                return false;
            }
        }
        return false;
    }

    /** In the order of their names. */
    public Set<String> all() {
        return new TreeSet<>(hosts());
    }

    /** To be called in the transaction in which a host is blocked or let in again. */
    public void changed() {
        events.publish(new MediaRejectionsChanged());
    }

    public void reject(Host host) {
        database.transaction(() -> {
            database.execute("""
                insert into domain_block (host, reject_media) values ($1, true)
                on conflict (host) do update set reject_media = true""", host.name());
            changed();
        });
        forget();
    }

    public void accept(Host host) {
        database.transaction(() -> {
            database.execute("update domain_block set reject_media = false where host = $1", host.name());
            changed();
        });
        forget();
    }

    private Set<String> hosts() {
        Set<String> known = hosts;
        return known == null ? read() : known;
    }

    /** Lets somebody know who keeps what was made with the hosts as they were; afterwards they are the new ones. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
        listen();
    }

    private synchronized void listen() {
        if (!listening) {
            listening = true;
            events.subscribe(MediaRejectionsChanged.class, event -> forget(), this::forget);
        }
    }

    private synchronized Set<String> read() {
        listen();
        Set<String> found = Set.copyOf(database.list("select host from domain_block where reject_media or severity = 'suspend'", row -> row.getString("host")));
        hosts = found;
        return found;
    }

    private void forget() {
        synchronized (this) {
            hosts = null;
        }
        listeners.forEach(Runnable::run);
    }
}
