package social.dunlin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import social.dunlin.api.access.Access;
import social.dunlin.testing.GoldenFile;

/** Every route with who may call it, pinned: a new or changed one shows up in review. */
class RouteMatrixTest {
    @Test
    void everyRouteAndItsAccessIsPinned() {
        TreeSet<String> routes = new TreeSet<>();
        Routes.all().forEach(route -> routes.add("%s %s  %s".formatted(route.verb(), route.path(), access(route.method()))));
        GoldenFile.check(java.nio.file.Path.of("routes.txt"), String.join("\n", routes) + "\n");
    }

    /**
     * Quarkus REST takes the classes whose path has the longest fixed beginning and never looks at the others, so
     * {@code /api/v1} + {@code /accounts/{id}/statuses} is not found once a class stands at {@code /api/v1/accounts}.
     */
    @Test
    void noRouteIsHiddenByAClassWithALongerPath() {
        TreeSet<String> hidden = new TreeSet<>();
        List<Class<?>> resources = Routes.resources();
        for (Class<?> type : resources) {
            Routes.of(type).forEach(route -> resources.stream().filter(other -> hides(other, type, route.path()))
                .forEach(other -> hidden.add("%s of %s by %s".formatted(route.path(), type.getSimpleName(), other.getSimpleName()))));
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

    private static String access(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation instanceof Access access) {
                return (access.value() + " " + String.join("|", access.scopes())).strip();
            }
        }
        return "UNDECLARED";
    }
}
