package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A language posts may be in. @param name in English */
@RegisterForReflection
public record LanguageEntity(String code, String name) {
}
