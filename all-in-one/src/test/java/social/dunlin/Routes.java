package social.dunlin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import social.dunlin.api.proxy.MediaProxyRoute;
import social.dunlin.api.streaming.StreamRoutes;
import social.dunlin.media.proxy.MediaAddresses;

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
        return Stream.of(resources().stream().flatMap(Routes::of), streams(), proxy()).flatMap(Function.identity());
    }

    /** Streams are no resources, because they outlive their request. */
    private static Stream<Route> streams() {
        return Stream.concat(StreamRoutes.STREAMS.entrySet().stream()
                .map(stream -> new Route("GET", stream.getKey(), handler("stream"))),
            Stream.of(new Route("GET", "/api/v1/streaming", handler("stream")), new Route("GET", StreamRoutes.HEALTH, handler("health"))));
    }

    /** As streams, at the pace of whoever reads. */
    private static Stream<Route> proxy() {
        Method method = handler(MediaProxyRoute.class, "media");
        return Stream.of(new Route("GET", MediaAddresses.PATH, method), new Route("HEAD", MediaAddresses.PATH, method));
    }

    private static Method handler(String name) {
        return handler(StreamRoutes.class, name);
    }

    private static Method handler(Class<?> routes, String name) {
        return Arrays.stream(routes.getDeclaredMethods()).filter(method -> method.getName().equals(name)).findAny().orElseThrow();
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
