package social.dunlin.api.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import social.dunlin.api.access.Caller;
import social.dunlin.domain.Domain;

/** What the layout says about the place: {@code inject:site} in templates. */
@Named("site")
@RequestScoped
public class Site {
    private final Caller caller;

    public Site(Caller caller) {
        this.caller = caller;
    }

    /** The domain's title, or its name. */
    public String getTitle() {
        Domain domain = caller.domain();
        return domain.title() == null || domain.title().isBlank() ? domain.name() : domain.title();
    }

    /** What stands in handles. */
    public String getName() {
        return caller.domain().name();
    }
}
