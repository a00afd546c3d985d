package social.dunlin.api.error;

/** {@code {"error": "text"}}: the form of every error of the API. */
public record ErrorEntity(String error) {
}
