package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import social.dunlin.activitypub.Uris;
import social.dunlin.announcement.Announcements;
import social.dunlin.commandline.Invocation.Announce;
import social.dunlin.commandline.Invocation.WithdrawAnnouncement;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin announce}, {@code announcements} and {@code withdraw}. */
@ApplicationScoped
class AnnounceCommand {
    private final Announcements announcements;
    private final Domains domains;

    AnnounceCommand(Announcements announcements, Domains domains) {
        this.announcements = announcements;
        this.domains = domains;
    }

    void announce(Announce wanted, PrintStream out) {
        Domain domain = wanted.domain().map(name -> domains.byHost(name).orElseThrow(() -> Refusal.invalid("%s is not served here".formatted(name)))).orElse(null);
        Uris uris = new Uris((domain == null ? domains.defaultDomain() : domain).baseUrl());
        out.println(announcements.announce(domain, uris, wanted.text(), wanted.allDay(), time(wanted.starts()), time(wanted.ends())));
    }

    /** A day alone is its beginning in UTC. */
    private static Instant time(Optional<String> written) {
        if (written.isEmpty()) {
            return null;
        }
        try {
            return written.get().length() == 10 ? LocalDate.parse(written.get()).atStartOfDay().toInstant(ZoneOffset.UTC) : OffsetDateTime.parse(written.get()).toInstant();
        } catch (DateTimeException malformed) {
            throw Refusal.invalid("%s is no time such as 2026-12-24 or 2026-12-24T18:00:00Z".formatted(written.get()));
        }
    }

    void list(PrintStream out) {
        announcements.all().forEach(each -> out.printf("%d  %s%s  %s%n", each.id(), each.publishedAt(), each.endsAt() == null ? "" : " until " + each.endsAt(),
            each.text().lines().findFirst().orElse("")));
    }

    void withdraw(WithdrawAnnouncement wanted, PrintStream out) {
        if (!announcements.withdraw(wanted.id())) {
            throw Refusal.invalid("There is no announcement %d".formatted(wanted.id()));
        }
        list(out);
    }
}
