package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import social.dunlin.status.StatusGlance.AuthorCounts;

/**
 * An account written out, without its counters.
 *
 * @param version of its row; for one that has moved it says too little, since another account is shown within
 */
record KeptAccount(long id, long version, boolean moved, JsonTemplate json) {
    private static final Set<String> CHANGING = Set.of("followers_count", "following_count", "statuses_count", "last_status_at");
    private static final int OVERHEAD = 160;

    static KeptAccount of(ObjectMapper json, long version, AccountEntity entity) {
        return new KeptAccount(Long.parseLong(entity.id()), version, entity.moved() != null, JsonTemplate.of(json, entity, CHANGING));
    }

    int weight() {
        return json.size() + OVERHEAD;
    }

    void write(AuthorCounts counts, JsonBytes out) {
        json.write(0, out);
        out.add(",\"followers_count\":").add(counts.followers()).add(",\"following_count\":").add(counts.following())
            .add(",\"statuses_count\":").add(counts.statuses()).add(",\"last_status_at\":");
        if (counts.lastStatusAt() == null) {
            out.add("null");
        } else {
            out.add("\"").add(ApiTime.dateOf(counts.lastStatusAt())).add("\"");
        }
        json.write(1, out);
    }
}
