package social.dunlin.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Smallest and largest value of a number, or of a time in seconds. Own annotations rather than Jakarta Validation's:
 * with those Quarkus starts Hibernate Validator a second time before logging works, to check what
 * {@link SettingsLoader} has checked already and said more clearly.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Bounds {
    int min();

    int max();
}
