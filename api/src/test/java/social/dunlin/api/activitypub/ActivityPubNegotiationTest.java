package social.dunlin.api.activitypub;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityPubNegotiationTest {
    @ParameterizedTest
    @ValueSource(strings = {"application/activity+json", "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
        "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json, text/html;q=0.1", "Application/Activity+JSON"})
    void serversGetTheDocument(String accept) {
        assertTrue(ActivityPubNegotiation.wantsActivity(accept));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html, application/activity+json;q=0.5"})
    void browsersGetThePage(String accept) {
        assertFalse(ActivityPubNegotiation.wantsActivity(accept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"a\",", ",", "\"", "a;q=\",\""})
    void acceptOfAnyLengthIsReadInOneGo(String repeated) {
        assertFalse(ActivityPubNegotiation.wantsActivity(repeated.repeat(50_000)));
    }
}
