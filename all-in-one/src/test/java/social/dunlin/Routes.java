package social.dunlin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the resources of the api role answer, read from their annotations. */
final class Routes {
    private Routes() {
    }

    /** @param path with parameters as {@code {name}} or {@code {name: pattern}} */
    record Route(String verb, String path, Method method) {
    }

    static List<Class<?>> resources() {
        return new ClassFileImporter().importPackages("social.dunlin.api").stream()
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> type.isAnnotationPresent(Path.class)).toList();
    }

    static Stream<Route> all() {
        return resources().stream().flatMap(Routes::of);
    }

    static Stream<Route> of(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredMethods()).flatMap(method -> Arrays.stream(method.getAnnotations())
            .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
            .flatMap(Stream::ofNullable)
            .map(verb -> new Route(verb.value(), path(resource, method), method)));
    }

    private static String path(Class<?> resource, Method method) {
        String below = Optional.ofNullable(method.getAnnotation(Path.class)).map(Path::value).orElse("");
        return ("/" + resource.getAnnotation(Path.class).value() + "/" + below).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }
}
