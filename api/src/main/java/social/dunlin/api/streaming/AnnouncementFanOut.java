package social.dunlin.api.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import social.dunlin.announcement.Announcements;
import social.dunlin.announcement.Announcements.ReactionCount;
import social.dunlin.api.entity.AnnouncementEntity;
import social.dunlin.api.entity.AnnouncementRenderer;
import social.dunlin.domain.Domain;
import social.dunlin.event.Event.AnnouncementMade;
import social.dunlin.event.Event.AnnouncementReacted;
import social.dunlin.event.Event.AnnouncementWithdrawn;

/** Tells the people of a domain what its announcements tell them. The same for all of them: nothing of what one has read or answered. */
@ApplicationScoped
public class AnnouncementFanOut {
    private static final long NOBODY = 0;

    private final Announcements announcements;
    private final AnnouncementRenderer renderer;
    private final ObjectMapper json;

    public AnnouncementFanOut(Announcements announcements, AnnouncementRenderer renderer, ObjectMapper json) {
        this.announcements = announcements;
        this.renderer = renderer;
        this.json = json;
    }

    void made(Collection<Reader> readers, AnnouncementMade event) {
        concerned(readers, event.announcementId()).forEach((domain, people) -> {
            List<AnnouncementEntity> entities = renderer.render(announcements.current(NOBODY, domain.id(), true).stream()
                .filter(each -> each.id() == event.announcementId()).toList(), NOBODY, domain);
            entities.forEach(entity -> tell(people, StreamEvent.of("announcement", text(entity))));
        });
    }

    void reacted(Collection<Reader> readers, AnnouncementReacted event) {
        Map<Domain, List<Reader>> concerned = concerned(readers, event.announcementId());
        if (concerned.isEmpty()) {
            return;
        }
        long id = event.announcementId();
        int count = announcements.reactions(NOBODY, List.of(id)).getOrDefault(id, List.of()).stream()
            .filter(reaction -> reaction.name().equals(event.name())).mapToInt(ReactionCount::count).findFirst().orElse(0);
        String payload = json.createObjectNode().put("name", event.name()).put("count", count).put("announcement_id", Long.toString(id)).toString();
        concerned.values().forEach(people -> tell(people, StreamEvent.of("announcement.reaction", payload)));
    }

    /** Whose it was cannot be known any more; its number tells others nothing. */
    void withdrawn(Collection<Reader> readers, AnnouncementWithdrawn event) {
        tell(readers, StreamEvent.of("announcement.delete", Long.toString(event.announcementId())));
    }

    /** Those it holds for, by domain. */
    private Map<Domain, List<Reader>> concerned(Collection<Reader> readers, long id) {
        Map<Domain, List<Reader>> byDomain = readers.stream().filter(reader -> reader.watches(kind -> kind == StreamKind.USER))
            .collect(Collectors.groupingBy(Reader::domain));
        byDomain.keySet().removeIf(domain -> announcements.current(NOBODY, domain.id(), true).stream().noneMatch(each -> each.id() == id));
        return byDomain;
    }

    private static void tell(Collection<Reader> people, StreamEvent event) {
        people.forEach(reader -> reader.streams().stream().filter(stream -> stream.kind() == StreamKind.USER)
            .forEach(stream -> reader.tell(stream, event)));
    }

    private String text(AnnouncementEntity entity) {
        try {
            return json.writeValueAsString(entity);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
