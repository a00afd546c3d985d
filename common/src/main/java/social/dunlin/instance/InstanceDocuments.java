package social.dunlin.instance;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.text.MarkdownFormatter;

/** The longer texts of the install: Markdown files that the settings name, read again when they have changed. */
@ApplicationScoped
public class InstanceDocuments {
    private static final long LARGEST = 100_000;

    private final DunlinConfiguration.Instance configured;
    private final Map<Path, Document> known = new ConcurrentHashMap<>();

    public InstanceDocuments(DunlinConfiguration configuration) {
        this.configured = configuration.instance();
    }

    /** @param html sanitised; @param changedAt when the file was last written */
    public record Document(String html, Instant changedAt) {
    }

    public Optional<Document> extendedDescription() {
        return configured.extendedDescriptionFile().flatMap(this::read);
    }

    public Optional<Document> privacyPolicy() {
        return configured.privacyPolicyFile().flatMap(this::read);
    }

    public Optional<Document> termsOfService() {
        return configured.termsOfServiceFile().flatMap(this::read);
    }

    /** Empty when there is no such file. */
    private Optional<Document> read(Path file) {
        try {
            Instant changedAt = Files.getLastModifiedTime(file).toInstant();
            Document before = known.get(file);
            if (before != null && before.changedAt.equals(changedAt)) {
                return Optional.of(before);
            }
            if (Files.size(file) > LARGEST) {
                throw new IOException("%s is larger than %d bytes".formatted(file, LARGEST));
            }
            Document document = new Document(MarkdownFormatter.format(Files.readString(file)), changedAt);
            known.put(file, document);
            return Optional.of(document);
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
