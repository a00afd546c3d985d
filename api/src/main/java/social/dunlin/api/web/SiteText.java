package social.dunlin.api.web;

import social.dunlin.domain.Domain;

/** What a domain says about itself, or what we say where it is silent. */
final class SiteText {
    private SiteText() {
    }

    static String description(Domain domain, Words words) {
        return domain.description() == null || domain.description().isBlank()
            ? words.page().landing_description(domain.name()) : domain.description();
    }
}
