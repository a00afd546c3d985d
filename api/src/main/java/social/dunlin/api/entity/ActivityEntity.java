package social.dunlin.api.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.instance.WeekOfActivity;

/** A week of this place; all of it text. */
@RegisterForReflection
public record ActivityEntity(String week, String statuses, String logins, String registrations) {
    public static ActivityEntity of(WeekOfActivity week) {
        return new ActivityEntity(Long.toString(week.week().getEpochSecond()), Integer.toString(week.statuses()), Integer.toString(week.logins()),
            Integer.toString(week.registrations()));
    }
}
