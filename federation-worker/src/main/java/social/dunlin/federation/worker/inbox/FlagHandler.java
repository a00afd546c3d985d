package social.dunlin.federation.worker.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import social.dunlin.activitypub.ApReference;
import social.dunlin.moderation.RemoteReport;
import social.dunlin.moderation.RemoteReports;
import social.dunlin.text.PlainText;

/**
 * Another server reports somebody here. The sender is a person or, more often, the server's own actor. Misskey names the
 * posts only within the text.
 */
@ApplicationScoped
class FlagHandler implements ActivityHandler {
    private static final int MAXIMUM_OBJECTS = 100;
    private static final int MAXIMUM_CONTENT = 20_000;
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"']{1,2048}");

    private final RemoteReports reports;

    FlagHandler(RemoteReports reports) {
        this.reports = reports;
    }

    @Override
    public String type() {
        return "Flag";
    }

    @Override
    public Verdict verify(Incoming incoming) {
        return Verdict.when(!incoming.activity().objects().isEmpty(), "nobody is reported");
    }

    @Override
    public void apply(Incoming incoming) {
        String content = Objects.requireNonNullElse(incoming.activity().content(), Objects.requireNonNullElse(incoming.activity().summary(), ""));
        reports.receive(new RemoteReport(incoming.sender().id(), named(incoming, PlainText.truncate(content, MAXIMUM_CONTENT)), content,
            incoming.activity().id()));
    }

    private static List<String> named(Incoming incoming, String content) {
        Stream<String> objects = incoming.activity().objects().stream().map(ApReference::id);
        return Stream.concat(objects, ADDRESS.matcher(content).results().map(MatchResult::group))
            .filter(Objects::nonNull).distinct().limit(MAXIMUM_OBJECTS).toList();
    }
}
