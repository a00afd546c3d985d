package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** @param ancestors root first; @param descendants in reading order */
@RegisterForReflection
public record ContextEntity(List<RawJson> ancestors, List<RawJson> descendants) {
}
