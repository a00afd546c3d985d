package social.dunlin.federation.key;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import social.dunlin.database.Database;
import social.dunlin.federation.signature.AcceptSignature;
import social.dunlin.federation.signature.CavageSigner;
import social.dunlin.federation.signature.Header;
import social.dunlin.federation.signature.Keys;
import social.dunlin.federation.signature.MessageSigner;
import social.dunlin.federation.signature.RequestSigner;

/** Signers of local accounts. The RSA key signs: it is the one every other server can read. */
@ApplicationScoped
public class SigningKeys {
    private static final int KEPT = 512;

    private final Database database;
    private final Map<Long, SigningKey> kept = new LinkedHashMap<>(16, 0.75f, true);

    public SigningKeys(Database database) {
        this.database = database;
    }

    private record SigningKey(String keyId, PrivateKey key) {
    }

    /**
     * Signs in the form of draft-cavage, which nearly everybody reads.
     *
     * @param covered headers to be sent and signed besides what is always signed
     */
    public RequestSigner cavage(long accountId, List<Header> covered) {
        SigningKey key = key(accountId);
        return new CavageSigner(key.keyId, key.key, Clock.systemUTC(), covered);
    }

    /** Signs as RFC 9421. @param asked what the other side wants besides */
    public RequestSigner rfc9421(long accountId, List<Header> covered, AcceptSignature asked) {
        SigningKey key = key(accountId);
        return new MessageSigner(key.keyId, key.key, Clock.systemUTC(), covered, asked);
    }

    private SigningKey key(long accountId) {
        synchronized (kept) {
            SigningKey known = kept.get(accountId);
            if (known != null) {
                return known;
            }
        }
        SigningKey read = read(accountId);
        synchronized (kept) {
            kept.put(accountId, read);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return read;
    }

    /** Index: account_key_by_account. */
    private SigningKey read(long accountId) {
        return database.first("""
            select key_id, private_key from account_key
            where account_id = $1 and algorithm = 'rsa' and private_key is not null
            order by created_at desc limit 1""",
            row -> new SigningKey(row.getString("key_id"), Keys.readPrivatePem(row.getString("private_key")).orElseThrow()), accountId)
            .orElseThrow(() -> new NoSuchElementException("Account %d has no key to sign with".formatted(accountId)));
    }

    /** For proofs inside documents. */
    public record Ed25519(String keyId, PrivateKey key) {
    }

    /** The account's Ed25519 key; accounts of old may have none. Index: account_key_by_account. */
    public Optional<Ed25519> ed25519(long accountId) {
        return database.first("""
            select key_id, private_key from account_key
            where account_id = $1 and algorithm = 'ed25519' and private_key is not null
            order by created_at desc limit 1""",
            row -> new Ed25519(row.getString("key_id"), Keys.readPrivatePem(row.getString("private_key")).orElseThrow()), accountId);
    }
}
