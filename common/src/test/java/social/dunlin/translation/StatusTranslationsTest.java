package social.dunlin.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.refusal.Refusal;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.TestConfiguration;
import social.dunlin.translation.StatusTranslations.Translation;

@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class StatusTranslationsTest {
    private final FakeFediverse servers = new FakeFediverse();
    private StatusWorld world;
    private StatusTranslations translations;
    private Vertx vertx;

    @BeforeAll
    void settle(Database database, Vertx given, PgConnectOptions options) {
        vertx = given;
        world = new StatusWorld(database, vertx, options);
        servers.answer(servers.url("far", "/lt/languages"), request -> json("""
            [{"code": "de", "targets": ["de", "en"]}, {"code": "en", "targets": ["de", "en"]}]"""));
        translations = translations(Map.of("dunlin.translation.url", servers.url("far", "/lt/"), "dunlin.translation.api-key", "s3cret"));
    }

    @AfterAll
    void close() {
        servers.close();
    }

    private StatusTranslations translations(Map<String, String> settings) {
        LibreTranslate service = new LibreTranslate(servers.client(vertx, host -> false), new ObjectMapper(), TestConfiguration.of(settings));
        return new StatusTranslations(service, world.polls, world.media);
    }

    private static Answer json(String body) {
        return new Answer(200, "application/json", body, Map.of());
    }

    private Status german(Visibility visibility) {
        return world.service.publish(world.village.account(ALICE), new NewStatus("Hallo <Welt>", "Vorsicht", null, visibility, null, "de", null, null, null,
            List.of(), new NewStatus.NewPoll(List.of("Ja", "Nein"), Duration.ofHours(1), false, false), null, null, null));
    }

    private int refusalOf(StatusTranslations service, Status post, String target) {
        return assertThrows(Refusal.class, () -> service.translate(post, target)).status();
    }

    @Test
    void everyTextOfThePostIsTranslatedInOneRequestAndCleaned() {
        servers.answer(servers.url("far", "/lt/translate"), request -> json("""
            {"translatedText": ["<p>Hello &lt;world&gt;<script>x</script></p>", "Care &amp; <b>more</b>", "Yes", "No"], "detectedLanguage": [{"language": "de"}]}"""));
        Status post = german(Visibility.PUBLIC);
        Translation translation = translations.translate(post, "en-GB");
        assertEquals("<p>Hello &lt;world&gt;</p>", translation.content());
        assertEquals("Care & more", translation.spoilerText());
        assertEquals(List.of("Yes", "No"), translation.poll().options());
        assertEquals("de", translation.sourceLanguage());
        assertEquals("en", translation.language());
        String sent = servers.requests().stream().filter(request -> request.method().equals("POST")).reduce((first, last) -> last).orElseThrow().body();
        assertTrue(sent.contains("\"api_key\":\"s3cret\"") && sent.contains("\"target\":\"en\"") && sent.contains("\"source\":\"de\""), sent);
    }

    @Test
    void onlyWhatEverybodyMayReadGoesThere() {
        servers.forgetRequests();
        for (Visibility visibility : List.of(Visibility.PRIVATE, Visibility.DIRECT, Visibility.LOCAL, Visibility.LOCAL_UNLISTED)) {
            assertEquals(403, refusalOf(translations, german(visibility), "en"), visibility.apiName());
        }
        assertEquals(List.of(), servers.requests());
    }

    @Test
    void aLanguageTheServiceDoesNotSpeakIsRefused() {
        assertEquals(403, refusalOf(translations, german(Visibility.PUBLIC), "tlh"));
        assertEquals(403, refusalOf(translations, german(Visibility.PUBLIC), "de"));
    }

    @Test
    void withoutAServiceThereIsNothing() {
        assertEquals(404, refusalOf(translations(Map.of()), german(Visibility.PUBLIC), "en"));
    }

    @Test
    void aServiceThatFailsIsUnavailable() {
        Status post = german(Visibility.PUBLIC);
        for (Answer answer : List.of(Answer.status(500), Answer.status(429), json("{"), json("{}"), json("{\"translatedText\": [\"too few\"]}"), json("[]"))) {
            servers.answer(servers.url("far", "/lt/translate"), request -> answer);
            assertEquals(503, refusalOf(translations, post, "en"));
        }
    }
}
