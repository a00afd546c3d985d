package social.dunlin.refusal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A form whose fields are refused, each with a code that clients know (reference: behaviours §4): status 422. */
public final class InvalidFields extends Refusal {
    private final Map<String, List<Problem>> fields;

    /** @param code as Mastodon's, {@code ERR_BLANK}; @param description goes on after the field's name: {@code can't be blank} */
    public record Problem(String code, String description) {
        public static final Problem BLANK = new Problem("ERR_BLANK", "can't be blank");
        public static final Problem TAKEN = new Problem("ERR_TAKEN", "has already been taken");
        public static final Problem RESERVED = new Problem("ERR_RESERVED", "is reserved");
        public static final Problem INVALID = new Problem("ERR_INVALID", "is invalid");
        public static final Problem NOT_ACCEPTED = new Problem("ERR_ACCEPTED", "must be accepted");
        public static final Problem TOO_LONG = new Problem("ERR_TOO_LONG", "is too long");
    }

    public InvalidFields(Map<String, Problem> problems) {
        super(422, "Validation failed: " + problems.entrySet().stream()
            .map(problem -> "%s%s %s".formatted(problem.getKey().substring(0, 1).toUpperCase(), problem.getKey().substring(1), problem.getValue().description()))
            .collect(Collectors.joining(", ")));
        Map<String, List<Problem>> listed = new LinkedHashMap<>();
        problems.forEach((field, problem) -> listed.put(field, List.of(problem)));
        this.fields = listed;
    }

    /** By the name of the field. */
    public Map<String, List<Problem>> fields() {
        return fields;
    }
}
