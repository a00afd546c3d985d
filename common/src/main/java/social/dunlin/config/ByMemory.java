package social.dunlin.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The default of a setting on each {@link NodeSize}, smallest first. {@code WithDefault} beside it holds where nobody
 * has looked at the machine, as in tests.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface ByMemory {
    String[] value();
}
