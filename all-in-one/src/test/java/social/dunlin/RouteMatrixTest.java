package social.dunlin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        resources().forEach(type -> Arrays.stream(type.getDeclaredMethods()).forEach(method -> routesOf(type, method).forEach(routes::add)));
        GoldenFile.check(java.nio.file.Path.of("routes.txt"), String.join("\n", routes) + "\n");
    }

    /**
     * Quarkus REST takes the classes whose path has the longest fixed beginning and never looks at the others, so
     * {@code /api/v1} + {@code /accounts/{id}/statuses} is not found once a class stands at {@code /api/v1/accounts}.
     */
    @Test
    void noRouteIsHiddenByAClassWithALongerPath() {
        TreeSet<String> hidden = new TreeSet<>();
        List<Class<?>> resources = resources().toList();
        for (Class<?> type : resources) {
            for (Method method : type.getDeclaredMethods()) {
                if (routesOf(type, method).findAny().isPresent()) {
                    resources.stream().filter(other -> hides(other, type, path(type, method)))
                        .forEach(other -> hidden.add("%s of %s by %s".formatted(path(type, method), type.getSimpleName(), other.getSimpleName())));
                }
            }
        }
        assertEquals(Set.of(), hidden);
    }

    private static boolean hides(Class<?> other, Class<?> type, String route) {
        String beginning = beginning(other);
        return beginning.length() > beginning(type).length() && (route.equals(beginning) || route.startsWith(beginning + "/"));
    }

    private static String beginning(Class<?> resource) {
        return ("/" + resource.getAnnotation(Path.class).value().split("\\{")[0]).replaceAll("/+", "/").replaceAll("/$", "");
    }

    private static Stream<Class<?>> resources() {
        return new ClassFileImporter().importPackages("social.dunlin.api").stream()
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> type.isAnnotationPresent(Path.class));
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
