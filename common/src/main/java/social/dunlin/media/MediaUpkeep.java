package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import social.dunlin.media.MediaUpkeepStore.Named;
import social.dunlin.media.blob.BlobKey;
import social.dunlin.media.blob.BlobStat;
import social.dunlin.media.blob.BlobStore;

/** Brings records and files back together. Each may be run at any time and again; a dry run only counts. */
@ApplicationScoped
public class MediaUpkeep {
    private static final Duration STALE = Duration.ofHours(24);
    private static final int BATCH = 500;

    private final MediaUpkeepStore store;
    private final BlobStore blobs;

    public MediaUpkeep(MediaUpkeepStore store, BlobStore blobs) {
        this.store = store;
        this.blobs = blobs;
    }

    /** @param bytes freed, as far as known */
    public record Outcome(int number, long bytes) {
    }

    /** Uploads that no post took for a day. Their files follow with {@link #deleteUnused}. */
    public Outcome prune(boolean dryRun) throws IOException {
        Instant before = Instant.now().minus(STALE);
        if (dryRun) {
            return new Outcome(store.countStale(before), 0);
        }
        int total = 0;
        int deleted;
        do {
            deleted = store.deleteStale(before, BATCH);
            total += deleted;
        } while (deleted == BATCH);
        deleteUnused();
        return new Outcome(total, 0);
    }

    /** Files that the records have let go. The rows go last, so that a killed process begins again where it was. */
    public int deleteUnused() throws IOException {
        int total = 0;
        List<BlobKey> keys;
        do {
            keys = store.unused(BATCH);
            blobs.delete(keys);
            store.forget(keys);
            total += keys.size();
        } while (keys.size() == BATCH);
        return total;
    }

    /** Files of a day's age that no record names, as a process leaves that is killed between the two. */
    public Outcome pruneOrphans(boolean dryRun) throws IOException {
        Instant before = Instant.now().minus(STALE);
        int number = 0;
        long bytes = 0;
        List<String> kinds = new ArrayList<>(BlobKinds.SERVED);
        kinds.add(BlobKinds.INCOMING);
        for (String kind : kinds) {
            Optional<BlobKey> after = Optional.empty();
            List<BlobStat> page;
            do {
                page = blobs.list(kind, after, BATCH);
                List<BlobStat> old = page.stream().filter(stat -> stat.storedAt().isBefore(before)).toList();
                Set<String> named = old.isEmpty() ? Set.of() : store.named(old.stream().map(BlobStat::key).toList());
                List<BlobStat> orphans = old.stream().filter(stat -> !named.contains(stat.key().toString())).toList();
                number += orphans.size();
                bytes += orphans.stream().mapToLong(BlobStat::size).sum();
                if (!dryRun) {
                    blobs.delete(orphans.stream().map(BlobStat::key).toList());
                }
                after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().key());
            } while (page.size() == BATCH);
        }
        return new Outcome(number, bytes);
    }

    /**
     * Records whose file is gone, as after a restored backup: the attachment is taken off its post, an avatar, header or
     * emoji taken away; a lost thumbnail is forgotten.
     */
    public Outcome pruneFiles(boolean dryRun) throws IOException {
        return new Outcome(pruneAttachments(dryRun) + pruneProfilePictures(dryRun) + pruneEmojis(dryRun), 0);
    }

    private int pruneProfilePictures(boolean dryRun) throws IOException {
        int number = 0;
        long after = 0;
        List<Named> page;
        do {
            page = store.profilePictures(after, BATCH);
            List<Long> withoutAvatar = new ArrayList<>();
            List<Long> withoutHeader = new ArrayList<>();
            for (Named record : page) {
                if (record.blob() != null && isLost(record.blob())) {
                    withoutAvatar.add(record.id());
                }
                if (record.previewBlob() != null && isLost(record.previewBlob())) {
                    withoutHeader.add(record.id());
                }
            }
            number += withoutAvatar.size() + withoutHeader.size();
            if (!dryRun) {
                store.forgetAvatars(withoutAvatar);
                store.forgetHeaders(withoutHeader);
            }
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == BATCH);
        return number;
    }

    private int pruneEmojis(boolean dryRun) throws IOException {
        List<Long> lost = new ArrayList<>();
        for (Named record : store.emojis()) {
            if (isLost(record.blob())) {
                lost.add(record.id());
            }
        }
        if (!dryRun) {
            store.deleteEmojis(lost);
        }
        return lost.size();
    }

    private int pruneAttachments(boolean dryRun) throws IOException {
        int number = 0;
        long after = 0;
        List<Named> page;
        do {
            page = store.attachments(after, BATCH);
            List<Long> lost = new ArrayList<>();
            List<Long> withoutPreview = new ArrayList<>();
            for (Named record : page) {
                if (isLost(record.blob())) {
                    lost.add(record.id());
                } else if (record.previewBlob() != null && isLost(record.previewBlob())) {
                    withoutPreview.add(record.id());
                }
            }
            number += lost.size() + withoutPreview.size();
            if (!dryRun) {
                store.deleteAttachments(lost);
                store.forgetPreviews(withoutPreview);
            }
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == BATCH);
        return number;
    }

    private boolean isLost(String blob) throws IOException {
        Optional<BlobKey> key = BlobKey.tryParse(blob);
        return key.isEmpty() || blobs.stat(key.get()).isEmpty();
    }
}
