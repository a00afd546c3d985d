package social.dunlin.api.entity;

import java.util.List;

/** @param ancestors root first; @param descendants in reading order */
public record ContextEntity(List<StatusEntity> ancestors, List<StatusEntity> descendants) {
}
