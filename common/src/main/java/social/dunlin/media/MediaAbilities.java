package social.dunlin.media;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Set;
import social.dunlin.database.Database;

/** Which formats this install takes: the media workers say it when they start, for they know which programs are there. */
@ApplicationScoped
public class MediaAbilities {
    private static final Set<MediaFormat> BEFORE_ANY_WORKER = EnumSet.of(MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.GIF, MediaFormat.WEBP);

    private final Database database;

    public MediaAbilities(Database database) {
        this.database = database;
    }

    /** What needs no program at all as long as no worker has ever run. */
    public Set<MediaFormat> formats() {
        Set<MediaFormat> formats = EnumSet.noneOf(MediaFormat.class);
        database.list("select format from media_ability", row -> row.getString("format"))
            .forEach(name -> MediaFormat.ofExtension(name).ifPresent(formats::add));
        return formats.isEmpty() ? BEFORE_ANY_WORKER : formats;
    }

    /** Takes the place of what was said before. */
    public void announce(Set<MediaFormat> formats) {
        String[] names = formats.stream().map(MediaFormat::extension).toArray(String[]::new);
        database.transaction(() -> {
            database.execute("delete from media_ability where not format = any($1)", (Object) names);
            database.execute("insert into media_ability (format) select unnest($1::text[]) on conflict do nothing", (Object) names);
        });
    }
}
