package social.dunlin.oauth;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Browser sessions. The cookie holds a random id of which only the hash is stored. */
@ApplicationScoped
public class SessionService {
    private static final int MAXIMUM_USER_AGENT = 300;

    private final SessionStore store;

    public SessionService(SessionStore store) {
        this.store = store;
    }

    /** Opens a session with a new id, whatever the browser held before, and gives what goes into the cookie. */
    public String open(long userId, long accountId, String userAgent, String ip) {
        String id = OpaqueSecret.make();
        String agent = userAgent.length() > MAXIMUM_USER_AGENT ? userAgent.substring(0, MAXIMUM_USER_AGENT) : userAgent;
        store.deleteExpired();
        store.insert(OpaqueSecret.hash(id), userId, accountId, OpaqueSecret.make(), agent, ip);
        return id;
    }

    /** The session of a cookie; a day of use prolongs it. */
    public Optional<WebSession> find(String cookie) {
        byte[] hash = OpaqueSecret.hash(cookie);
        Optional<SessionStore.Found> found = store.byHash(hash);
        if (found.isPresent() && found.get().stale()) {
            store.touch(hash);
        }
        return found.map(SessionStore.Found::session);
    }

    public void close(String cookie) {
        store.delete(OpaqueSecret.hash(cookie));
    }

    /** The open sessions of a login, on whatever domain. */
    public List<OpenSession> of(long userId) {
        return store.of(userId);
    }

    /** Ends one of the login's sessions, named by its key; what is not there, or somebody else's, is ended already. */
    public void close(long userId, String key) {
        store.delete(userId, key);
    }

    /** Ends all sessions of the login but this one. */
    public void closeOthers(WebSession session) {
        store.deleteOthers(session.userId(), session.key());
    }

    public void closeAllOf(long userId) {
        store.deleteAllOf(userId);
    }

    /** The sessions that act as one account of the login. */
    public void closeAllOf(long userId, long accountId) {
        store.deleteAllOf(userId, accountId);
    }
}
