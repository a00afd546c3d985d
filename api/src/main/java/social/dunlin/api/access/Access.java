package social.dunlin.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares who may call a resource method. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Access {
    Level value();

    /** One of these must be open to the token, by itself or by a parent; none named = any token does. */
    String[] scopes() default {};
}
