package social.dunlin.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Mastodon calls it outdated since this day, and so do we, by the header of RFC 9745. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface DeprecatedSince {
    /** Such as 2022-11-14. */
    String value();
}
