package social.dunlin.profile;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import social.dunlin.database.Database;
import social.dunlin.database.Rows;
import social.dunlin.media.MediaUpload.Purpose;

/** SQL of local profiles. */
@ApplicationScoped
public class ProfileStore {
    private final Database database;

    public ProfileStore(Database database) {
        this.database = database;
    }

    /** Domains of web pages that may name the account as their author. */
    public List<String> attributionDomains(long accountId) {
        return database.first("select attribution_domains from account where id = $1", row -> Rows.strings(row, "attribution_domains"), accountId)
            .orElse(List.of());
    }

    /** How many wait to be let in, up to a bound: the badge in clients. Index: follow_request_of_target. */
    public int followRequestsCount(long accountId, int atMost) {
        return database.first("""
            select count(*)::int as waiting
            from (select from follow_request where target_account_id = $1 limit $2) as request""",
            row -> row.getInteger("waiting"), accountId, atMost).orElse(0);
    }

    /** Holds the account's row. */
    String lockedFields(long accountId) {
        return database.first("select fields::text as fields from account where id = $1 for update", row -> row.getString("fields"), accountId).orElse("[]");
    }

    void saveFields(long accountId, String fields) {
        database.execute("update account set fields = ($2::text)::jsonb where id = $1", accountId, fields);
    }

    void removePicture(long accountId, Purpose purpose) {
        String picture = switch (purpose) {
            case AVATAR -> "avatar";
            case HEADER -> "header";
            case ATTACHMENT, EMOJI -> throw new IllegalArgumentException(purpose + " is no picture of a profile");
        };
        database.execute("update account set %1$s_blob = null, %1$s_description = '', updated_at = now() where id = $1 and domain_id is not null"
            .formatted(picture), accountId);
    }

    void save(Profile profile) {
        database.execute("""
            update account set
              display_name = $2, note = $3, note_source = $4, fields = ($5::text)::jsonb, emojis = $6, locked = $7, actor_type = $8,
              discoverable = $9, indexable = $10, hide_collections = $11,
              attribution_domains = coalesce($12::text[], attribution_domains),
              avatar_description = coalesce($13, avatar_description), header_description = coalesce($14, header_description),
              show_media = coalesce($15, show_media), show_media_replies = coalesce($16, show_media_replies), show_featured = coalesce($17, show_featured),
              updated_at = now()
            where id = $1 and domain_id is not null""",
            profile.accountId(), profile.displayName(), profile.note(), profile.noteSource(), profile.fields(),
            profile.emojis().toArray(String[]::new), profile.locked(), profile.actorType(), profile.discoverable(), profile.indexable(),
            profile.hideCollections(), profile.attributionDomains() == null ? null : profile.attributionDomains().toArray(String[]::new),
            profile.appearance().avatarDescription(), profile.appearance().headerDescription(), profile.appearance().showMedia(),
            profile.appearance().showMediaReplies(), profile.appearance().showFeatured());
    }
}
