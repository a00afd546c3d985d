package social.dunlin.api.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import social.dunlin.refusal.InvalidFields.Problem;

/** The words of the public pages in the reader's language, for what is put together in Java. */
@ApplicationScoped
public class Words {
    private final Pages pages;
    private final String version;

    public Words(Pages pages, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
        this.pages = pages;
    }

    public Locale locale() {
        return pages.language();
    }

    public PageMessages page() {
        return MessageBundles.get(PageMessages.class, Localized.Literal.of(locale().toLanguageTag()));
    }

    public SettingsMessages settings() {
        return MessageBundles.get(SettingsMessages.class, Localized.Literal.of(locale().toLanguageTag()));
    }

    public Messages form() {
        return MessageBundles.get(Messages.class, Localized.Literal.of(locale().toLanguageTag()));
    }

    /** What is wrong with a field of a form. */
    String problem(Problem problem) {
        return switch (problem.code()) {
            case "ERR_BLANK" -> form().problemBlank();
            case "ERR_TAKEN" -> form().problemTaken();
            case "ERR_RESERVED" -> form().problemReserved();
            case "ERR_ACCEPTED" -> form().problemAccepted();
            case "ERR_TOO_SHORT" -> form().problemTooShort();
            case "ERR_TOO_LONG" -> form().problemTooLong();
            default -> form().problemInvalid();
        };
    }

    /** The day alone. Without JavaScript the reader's zone is unknown, so it is that of UTC. */
    public String day(Instant time) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale()).format(time.atZone(ZoneOffset.UTC));
    }

    /** Dunlin's version, as the build knows it. */
    public String version() {
        return version;
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }
}
