package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import social.dunlin.instance.InstanceRule;

/** A rule of the place. {@code translations}: language code to text and hint; rules are not translated yet. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record RuleEntity(String id, String text, String hint, Map<String, Object> translations) {
    public static RuleEntity of(InstanceRule rule) {
        return new RuleEntity(Long.toString(rule.id()), rule.text(), rule.hint(), Map.of());
    }
}
