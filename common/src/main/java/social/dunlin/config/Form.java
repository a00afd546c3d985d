package social.dunlin.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a text has to look like. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Form {
    String regexp();

    /** To be read after "expected". */
    String expected();
}
