package social.dunlin.api.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.domain.Domain;

class FingerResourceTest {
    private static final Domain VILLAGE = new Domain(1, "village.example", "social.village.example", true, null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"acct:alice@village.example", "acct:@alice@village.example", "alice@village.example", "acct:alice@VILLAGE.example",
        "acct:alice@social.village.example", "https://social.village.example/users/alice", "https://social.village.example/@alice",
        "https://village.example/@alice"})
    void personIsFoundByEveryForm(String resource) {
        assertEquals(new FingerResource.Person("alice"), FingerResource.read(resource, VILLAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acct:village.example@village.example", "acct:social.village.example@social.village.example", "village.example",
        "https://village.example/", "https://social.village.example/actor", "https://social.village.example"})
    void instanceActorIsFound(String resource) {
        assertEquals(new FingerResource.Instance(), FingerResource.read(resource, VILLAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acct:alice@hamlet.example", "https://hamlet.example/users/alice", "https://village.example/about", "acct:alice@village.example.evil"})
    void hostileInput106_otherDomainsPeopleAreStrangers(String resource) {
        assertInstanceOf(FingerResource.Stranger.class, FingerResource.read(resource, VILLAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "acct:", "acct:@", "alice", "acct:alice@", "acct:alice@exa mple", "https://", "mailto:alice@%65xample.com"})
    void malformedResourceIsSaidToBeSo(String resource) {
        assertInstanceOf(FingerResource.Malformed.class, FingerResource.read(resource, VILLAGE));
    }
}
