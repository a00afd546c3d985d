package social.dunlin.api.entity;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import social.dunlin.account.AccountSettings;

/** How the account posts and reads; the keys have colons. */
@RegisterForReflection
public record PreferencesEntity(
        @JsonProperty("posting:default:visibility") String visibility,
        @JsonProperty("posting:default:sensitive") boolean sensitive,
        @JsonProperty("posting:default:language") String language,
        @JsonProperty("posting:default:quote_policy") String quotePolicy,
        @JsonProperty("reading:expand:media") String expandMedia,
        @JsonProperty("reading:expand:spoilers") boolean expandSpoilers,
        @JsonProperty("reading:autoplay:gifs") boolean autoplayGifs) {

    public static PreferencesEntity of(AccountSettings settings) {
        return new PreferencesEntity(settings.defaultVisibility(), settings.defaultSensitive(), settings.defaultLanguage(),
            settings.defaultQuotePolicy(), settings.expandMedia(), settings.expandSpoilers(), !settings.reduceMotion());
    }
}
