package social.dunlin.api.entity;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** @param content HTML; @param succeededBy always null: only the terms that hold are kept */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record TermsOfServiceEntity(String effectiveDate, boolean effective, String content, String succeededBy) {
}
