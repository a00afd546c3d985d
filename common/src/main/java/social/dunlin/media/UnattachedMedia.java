package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.refusal.Refusal;

/** What somebody uploaded and has not posted yet (behaviours §11). Once posted it belongs to the post and is changed there. */
@ApplicationScoped
public class UnattachedMedia {
    private final Database database;
    private final MediaAttachmentStore store;

    public UnattachedMedia(Database database, MediaAttachmentStore store) {
        this.database = database;
        this.store = store;
    }

    public MediaAttachment of(long accountId, long id) {
        return store.byIds(List.of(id)).stream().filter(media -> media.accountId() == accountId && media.statusId().isEmpty()).findFirst()
            .orElseThrow(Refusal::notFound);
    }

    /** Null leaves as it is. */
    public MediaAttachment describe(long accountId, long id, String description, Double focusX, Double focusY) {
        String typed = description == null ? null : description.isBlank() ? "" : MediaUploads.checkedDescription(description);
        return database.transaction(() -> {
            locked(accountId, id);
            store.describe(id, typed, focusX, focusY);
            return of(accountId, id);
        });
    }

    public void delete(long accountId, long id) {
        database.transaction(() -> {
            MediaAttachment media = store.owned(accountId, List.of(id)).stream().findFirst().orElseThrow(Refusal::notFound);
            if (media.statusId().isPresent()) {
                throw Refusal.unprocessable("Media attachment is currently used by a status");
            }
            store.delete(id);
        });
    }

    private void locked(long accountId, long id) {
        store.owned(accountId, List.of(id)).stream().filter(media -> media.statusId().isEmpty()).findFirst().orElseThrow(Refusal::notFound);
    }
}
