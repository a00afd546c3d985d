package social.dunlin.api.access;

import social.dunlin.domain.Domain;

/** The served domain that is being looked at; answers differ in what is local to it. */
@FunctionalInterface
public interface AskedDomain {
    Domain get();
}
