package social.dunlin.api.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import social.dunlin.api.access.Caller;
import social.dunlin.config.DunlinConfiguration;
import social.dunlin.domain.Domain;

/** What the layout says about the place: {@code inject:site} in templates. */
@Named("site")
@RequestScoped
public class Site {
    private final Caller caller;
    private final DunlinConfiguration configuration;

    public Site(Caller caller, DunlinConfiguration configuration) {
        this.caller = caller;
        this.configuration = configuration;
    }

    /** The domain's title, or the install's. */
    public String getTitle() {
        Domain domain = caller.domain();
        return domain.title() == null || domain.title().isBlank() ? configuration.instance().title() : domain.title();
    }

    /** What stands in handles. */
    public String getName() {
        return caller.domain().name();
    }
}
