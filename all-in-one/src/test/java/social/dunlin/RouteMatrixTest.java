package social.dunlin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import social.dunlin.api.access.Access;
import social.dunlin.testing.GoldenFile;

/** Every route with who may call it, pinned: a new or changed one shows up in review. */
class RouteMatrixTest {
    @Test
    void everyRouteAndItsAccessIsPinned() {
        TreeSet<String> routes = new TreeSet<>();
        new ClassFileImporter().importPackages("social.dunlin.api").stream()
            .map(JavaClass::reflect)
            .filter(type -> type.isAnnotationPresent(Path.class))
            .forEach(type -> Arrays.stream(type.getDeclaredMethods()).forEach(method -> routesOf(type, method).forEach(routes::add)));
        GoldenFile.check(java.nio.file.Path.of("routes.txt"), String.join("\n", routes) + "\n");
    }

    private static Stream<String> routesOf(Class<?> resource, Method method) {
        return Arrays.stream(method.getAnnotations())
            .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
            .flatMap(Stream::ofNullable)
            .map(verb -> "%s %s  %s".formatted(verb.value(), path(resource, method), access(method)));
    }

    private static String path(Class<?> resource, Method method) {
        String below = Optional.ofNullable(method.getAnnotation(Path.class)).map(Path::value).orElse("");
        return ("/" + resource.getAnnotation(Path.class).value() + "/" + below).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    private static String access(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation instanceof Access access) {
                return (access.value() + " " + String.join("|", access.scopes())).strip();
            }
        }
        return "UNDECLARED";
    }
}
