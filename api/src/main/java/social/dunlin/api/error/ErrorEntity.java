package social.dunlin.api.error;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** {@code {"error": "text"}}: the form of every error of the API. */
@RegisterForReflection
public record ErrorEntity(String error) {
}
