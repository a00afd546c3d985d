package social.dunlin.api.web;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.NumberFormat;
import java.util.Locale;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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

    /** Dunlin's version, as the build knows it. */
    public String version() {
        return version;
    }

    public String number(long number) {
        return NumberFormat.getIntegerInstance(locale()).format(number);
    }
}
