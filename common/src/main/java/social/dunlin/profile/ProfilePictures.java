package social.dunlin.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.database.Database;
import social.dunlin.federation.outbox.Outbox;
import social.dunlin.media.MediaUpload.Purpose;
import social.dunlin.media.MediaUploads;
import social.dunlin.media.MediaUploads.Sent;
import social.dunlin.refusal.Refusal;

/** Avatars and headers of local accounts. They are made by the media worker, usually within a moment. */
@ApplicationScoped
public class ProfilePictures {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Database database;
    private final MediaUploads uploads;
    private final AccountStore accounts;
    private final ProfileStore store;
    private final Outbox outbox;

    public ProfilePictures(Database database, MediaUploads uploads, AccountStore accounts, ProfileStore store, Outbox outbox) {
        this.database = database;
        this.uploads = uploads;
        this.accounts = accounts;
        this.store = store;
        this.outbox = outbox;
    }

    /** Those that were sent. */
    public record Change(Optional<Sent> avatar, Optional<Sent> header) {
        public boolean isEmpty() {
            return avatar.isEmpty() && header.isEmpty();
        }
    }

    /** Takes them in, and refuses what is no picture before anything else is changed. Gives what to {@link #await}. */
    public List<Long> take(Account account, Change change) {
        Map<Purpose, Sent> sent = new LinkedHashMap<>();
        change.avatar().ifPresent(picture -> sent.put(Purpose.AVATAR, picture));
        change.header().ifPresent(picture -> sent.put(Purpose.HEADER, picture));
        return sent.entrySet().stream().map(picture -> uploads.profilePicture(account, picture.getKey(), picture.getValue())).toList();
    }

    /** Waits a while for them, and gives the account as it is then. */
    public Account await(Account account, List<Long> taken) {
        taken.forEach(upload -> uploads.await(upload, PATIENCE));
        return accounts.byId(account.id()).orElseThrow(Refusal::notFound);
    }

    /** Back to none. */
    public Account remove(Account account, Purpose purpose) {
        return database.transaction(() -> {
            store.removePicture(account.id(), purpose);
            outbox.accountChanged(account.id());
            return accounts.byId(account.id()).orElseThrow(Refusal::notFound);
        });
    }
}
