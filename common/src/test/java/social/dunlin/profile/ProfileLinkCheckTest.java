package social.dunlin.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static social.dunlin.testing.Village.ALICE;

import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.account.Account;
import social.dunlin.account.AccountStore;
import social.dunlin.account.ProfileField;
import social.dunlin.account.ProfileFields;
import social.dunlin.database.Database;
import social.dunlin.federation.http.FakeFediverse;
import social.dunlin.federation.http.FakeFediverse.Answer;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

/** Alice's profile names pages, and some of them link back to her. */
@ExtendWith(DatabaseExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class ProfileLinkCheckTest {
    private final FakeFediverse web = new FakeFediverse();
    private Database database;
    private Village village;
    private ProfileLinkCheck check;
    private String profile;
    private int number;

    @BeforeAll
    void settle(Database given, Vertx vertx) {
        database = given;
        village = Village.settle(database);
        check = new ProfileLinkCheck(database, new AccountStore(database), new ProfileStore(database), village.domains(),
            web.client(vertx, host -> village.domains().isOwnHost(host.value())));
        profile = village.account(ALICE).pageUrl();
    }

    @AfterAll
    void close() {
        web.close();
    }

    private static Answer html(String body) {
        return new Answer(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><head><title>Mine</title></head><body>" + body + "</body></html>", Map.of());
    }

    private String page(String server, Answer answer) {
        String url = web.url(server, "/me/" + ++number);
        web.answer(url, request -> answer);
        return url;
    }

    private void name(String... links) {
        database.execute("update account set fields = ($2::text)::jsonb where id = $1", ALICE,
            ProfileFields.write(Stream.of(links).map(link -> new ProfileField("Web", link, link, null)).toList()));
    }

    private List<Boolean> verified() {
        return ProfileFields.read(village.account(ALICE).fields()).stream().map(field -> field.verifiedAt() != null).toList();
    }

    private boolean isVerified(String... links) {
        name(links);
        check.check(ALICE);
        return verified().contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a rel=\"me\" href=\"PROFILE\">me</a>", "<a href='PROFILE/' rel='nofollow ME noopener'>me</a>",
        "<link rel=me href=PROFILE>", "<p><a rel=\"me\" href=\"https://elsewhere.example/\">x</a><a rel=me href='PROFILE'>y"})
    void pageThatLinksBackIsVerified(String body) {
        assertTrue(isVerified(page("far", html(body.replace("PROFILE", profile)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<a href=\"PROFILE\">no rel</a>", "<a rel=\"menu\" href=\"PROFILE\">not me</a>", "<a rel=me>PROFILE</a>",
        "<a rel=me href=\"PROFILExy\">somebody else</a>", "<a rel=me href=\"https://evil.example/?PROFILE\">elsewhere</a>",
        "<!-- <a rel=me href=\"PROFILE\">comment</a> -->", "<textarea><a rel=me href=\"PROFILE\">text</a></textarea>",
        "<script>'<a rel=me href=\"PROFILE\">'</script>", "<a rel=me href=\"javascript:PROFILE\">script</a>"})
    void hostileInput70_pageThatDoesNotLinkBackIsNotVerified(String body) {
        assertFalse(isVerified(page("far", html(body.replace("PROFILE", profile)))));
    }

    @Test
    void hostileInput70_onlyEncryptedPagesAreAskedAndOnlyWhatIsAnAddressAlone() {
        web.forgetRequests();
        String good = page("far", html("<a rel=me href=\"%s\">me</a>".formatted(profile)));
        assertFalse(isVerified(good.replace("https:", "http:"), "Look at " + good, good + " and more", "javascript:alert(1)", "https://", "https://user:pw@"));
        assertEquals(List.of(), web.requests());
    }

    @Test
    void answersThatAreNoPagesAreNot() {
        String link = "<a rel=me href=\"%s\">me</a>".formatted(profile);
        assertFalse(isVerified(page("far", new Answer(404, "text/html", link, Map.of()))));
        assertFalse(isVerified(page("far", new Answer(200, "text/plain", link, Map.of()))));
        assertFalse(isVerified(page("far", new Answer(200, "text/html", "x".repeat(2 * 1024 * 1024) + link, Map.of()))), "far below");
        assertTrue(isVerified(page("far", new Answer(200, "text/html", link + "x".repeat(2 * 1024 * 1024), Map.of()))), "the beginning is enough");
        assertTrue(isVerified(page("far", new Answer(200, "text/html; charset=no-such", link, Map.of()))));
    }

    @Test
    void hostileInput70_openRedirectVerifiesNobody() {
        String target = page("evil", html("<a rel=me href=\"%s\">me</a>".formatted(profile)));
        assertFalse(isVerified(page("victim", Answer.redirect(target))));
        String moved = page("far", html("<a rel=me href=\"%s\">me</a>".formatted(profile)));
        assertTrue(isVerified(page("far", Answer.redirect(moved))));
    }

    @Test
    void eachFieldStandsForItselfAndWhatWasSeenIsNotAskedAgain() {
        String good = page("far", html("<a rel=me href=\"%s\">me</a>".formatted(profile)));
        String other = page("other", html("nothing"));
        name(other, good, "https://village.example/@alice");
        check.check(ALICE);
        assertEquals(List.of(false, true, false), verified());
        web.forgetRequests();
        check.check(ALICE);
        assertEquals(0, web.count(good));
        assertEquals(1, web.count(other));
    }

    @Test
    void fieldThatChangedMeanwhileIsNotVerified() {
        String url = web.url("far", "/slow");
        web.answer(url, request -> {
            name("https://other.example/");
            return html("<a rel=me href=\"%s\">me</a>".formatted(profile));
        });
        name(url);
        check.check(ALICE);
        assertEquals(List.of(false), verified());
    }

    @Test
    void remoteProfilesAreTheirServersToVerify() {
        Account frida = village.account(Village.FRIDA);
        String good = page("far", html("<a rel=me href=\"%s\">me</a>".formatted(frida.pageUrl())));
        database.execute("update account set fields = ($2::text)::jsonb where id = $1", frida.id(),
            ProfileFields.write(List.of(new ProfileField("Web", good, good, null))));
        check.check(frida.id());
        assertEquals(0, web.count(good));
    }
}
