package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.account.ProfileField;

/** A line of a profile; {@code value} is HTML, in {@code source} plain text. */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FieldEntity(String name, String value, String verifiedAt) {
    static FieldEntity of(ProfileField field) {
        return new FieldEntity(field.name(), field.value(), ApiTime.withOffset(field.verifiedAt()));
    }

    static FieldEntity sourceOf(ProfileField field) {
        return new FieldEntity(field.name(), field.source() == null ? "" : field.source(), ApiTime.withOffset(field.verifiedAt()));
    }
}
