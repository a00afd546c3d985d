package social.dunlin.api.error;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import social.dunlin.refusal.InvalidFields;

/** {@code {"error": "text", "details": {"username": [{"error": "ERR_TAKEN", "description": "…"}]}}} */
@RegisterForReflection
public record InvalidFieldsEntity(String error, Map<String, List<Detail>> details) {
    @RegisterForReflection
    public record Detail(String error, String description) {
    }

    static InvalidFieldsEntity of(InvalidFields refusal) {
        return new InvalidFieldsEntity(refusal.getMessage(), refusal.fields().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
            field -> field.getValue().stream().map(problem -> new Detail(problem.code(), problem.description())).toList())));
    }
}
