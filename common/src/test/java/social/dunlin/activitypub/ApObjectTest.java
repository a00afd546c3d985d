package social.dunlin.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.dunlin.status.Visibility;

class ApObjectTest {
    static ApObject read(String json) {
        try {
            return ActivityJson.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (MalformedDocument malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static ApNote note(String members) {
        return Vocabulary.note(read("{'id':'https://a.example/n/1','type':'Note'," + members + "}"));
    }

    private static ApActor actor(String members) {
        return Vocabulary.actor(read("{'id':'https://a.example/u','type':'Person'," + members + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'https://a.example/1','type':'Note'}", "{'@id':'https://a.example/1','@type':['Note','x:Other']}",
            "{'id':'https://a.example/1','type':'as:Note'}",
            "{'@id':'https://a.example/1','@type':['https://www.w3.org/ns/activitystreams#Note']}"})
    void idAndTypeHaveAliases(String json) {
        assertEquals("https://a.example/1", read(json).id());
        assertTrue(read(json).isA("Note"));
        assertTrue(Vocabulary.read(read(json)) instanceof ApNote);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'content':'x'", "'as:content':'x'", "'https://www.w3.org/ns/activitystreams#content':[{'@value':'x'}]",
            "'content':['x','y']", "'content':{'@value':'x','@language':'de'}", "'content':null,'as:content':'x'", "'contentMap':{'de':'x'}",
            "'contentMap':{'de':['x']}"})
    void contentIsReadInEveryForm(String members) {
        if (!members.contains("null")) {
            assertEquals("x", note(members).content());
        } else {
            assertNull(note(members).content());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'content':'x','contentMap':{'en':'y','de':'x'} | de
            'contentMap':{'en':'y','de':'x'}               | en
            'content':{'@value':'x','@language':'fr'}      | fr
            'content':'x','language':{'identifier':'pl'}   | pl
            'content':'x','@context':['https://www.w3.org/ns/activitystreams',{'@language':'es'}] | es
            """)
    void languageIsFound(String members, String language) {
        assertEquals(language, note(members).language());
    }

    @Test
    void undeterminedLanguageIsNone() {
        assertNull(note("'content':'x','@context':[{'@language':'und'}]").language());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'to':'as:Public'", "'to':['Public']", "'to':[{'id':'https://www.w3.org/ns/activitystreams#Public'}]",
            "'as:to':{'@id':'as:Public'}"})
    void publicIsOneAddressInThreeSpellings(String members) {
        assertEquals(List.of(ActivityStreams.PUBLIC), note(members).to());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'to':['as:Public'],'cc':['https://a.example/u/followers']    | PUBLIC
            'to':['https://a.example/u/followers'],'cc':'Public'         | UNLISTED
            'to':'https://a.example/u/followers'                         | PRIVATE
            'to':['https://b.example/u'],'cc':['https://a.example/u/followers'] | PRIVATE
            'to':['https://b.example/u/followers']                       | DIRECT
            'to':[],'cc':null                                            | DIRECT
            """)
    void visibilityFollowsFromTheAddresses(String members, Visibility visibility) {
        assertEquals(visibility, Addressing.visibility(note(members), null, "https://a.example/u/followers"));
    }

    @Test
    void noteWithoutAddressesTakesThoseOfItsActivity() {
        ApActivity create = Vocabulary.activity(read("{'type':'Create','to':'as:Public','object':'https://a.example/n/1'}"));
        assertEquals(Visibility.PUBLIC, Addressing.visibility(note("'content':'x'"), create, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'https://a.example/u'", "['https://b.example/x','https://a.example/u']", "{'id':'https://a.example/u'}",
            "[{'type':'Person','id':'https://a.example/u'},{'type':'Group','id':'https://a.example/g'}]"})
    void authorIsTheFirstOnTheHostOfTheId(String attributedTo) {
        assertEquals("https://a.example/u", note("'attributedTo':" + attributedTo).attributedTo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'https://a.example/p'", "['https://a.example/p','https://a.example/q']", "{'type':'Link','href':'https://a.example/p'}",
            "[{'type':'Link','mediaType':'video/mp4','href':'https://a.example/v'},{'type':'Link','mimeType':'text/html','href':'https://a.example/p'}]",
            "[{'type':'Link','mediaType':'text/html','href':'https://a.example/p'},'https://a.example/x']"})
    void pageIsTheHtmlOne(String url) {
        assertEquals("https://a.example/p", note("'url':" + url).url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example", "java\\tscript:x", "file:///etc/passwd",
            "ftp://a.example", "https:/a.example", "http://"})
    void hostileInput67_addressesOfOtherSchemesAreDropped(String url) {
        assertNull(note("'url':'" + url + "'").url());
        assertNull(actor("'url':'" + url + "'").url());
        assertNull(actor("'icon':{'type':'Image','url':'" + url + "'}").icon());
        assertEquals(List.of(), note("'attachment':[{'type':'Link','href':'" + url + "'}]").attachments());
        assertEquals(List.of(), note("'tag':{'type':'Emoji','name':':ab:','icon':{'url':'" + url + "'}}").emojis());
    }

    @Test
    void tabAndNewlineInsideAnAddressAreTakenOut() {
        assertEquals("https://a.example/p", note("'url':'ht\\ntps://a.exa\\tmple/p'").url());
    }

    @Test
    void hostileInput61_senselessMediaNumbersAreDroppedAndThePostStays() {
        List<ApAttachment> attachments = note("""
                'attachment':[{'type':'Image','mediaType':'image/png','url':'https://a.example/1.png','width':0,'height':-1,
                               'focalPoint':['NaN',7],'duration':'PT999999999999999999H'},
                              {'type':'Wrong'}, 'x', 7, null, {'type':'PropertyValue','name':'a','value':'b'}]""").attachments();
        assertEquals(List.of(new ApAttachment("Image", false, "https://a.example/1.png", "image/png", null, null, null, null, null, null,
                null, null)), attachments);
    }

    @Test
    void attachmentIsReadWhole() {
        assertEquals(new ApAttachment("Document", false, "https://a.example/v.mp4", "video/mp4", "alt", 640, 480, "LEHV", -0.5, 1.0, 12.3,
                "https://a.example/t.jpg"), note("""
                'attachment':{'type':'Document','url':[{'type':'Link','mediaType':'video/mp4','href':'https://a.example/v.mp4'}],
                  'name':'alt','width':'640','height':480.0,'blurhash':'LEHV','focalPoint':{'@list':[-0.5,'1']},'duration':'PT12.3S',
                  'icon':['https://a.example/t.jpg']}""").attachments().getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'quote':'https://q.example/1','quoteUrl':'https://q.example/2'  | QUOTE     | https://q.example/1
            'quote':{'id':'https://q.example/1','type':'Note'}             | QUOTE     | https://q.example/1
            'quoteUrl':'https://q.example/2','_misskey_quote':'https://q.example/1' | MISSKEY | https://q.example/1
            'as:quoteUrl':'https://q.example/1'                            | QUOTE_URL | https://q.example/1
            'quoteUri':'https://q.example/1'                               | QUOTE_URI | https://q.example/1
            'tag':{'type':'Link','href':'https://q.example/1','rel':'https://misskey-hub.net/ns#_misskey_quote'} | LINK_TAG | https://q.example/1
            'quote':{'type':'Tombstone'},'quoteUrl':'https://q.example/1'  | QUOTE     |
            """)
    void quoteIsReadInOrder(String members, ApQuote.Form form, String target) {
        assertEquals(new ApQuote(target, form, null), note(members).quote());
    }

    @Test
    void otherObjectLinksAreNoQuote() {
        assertNull(note("'tag':[{'type':'Link','href':'https://q.example/1','mediaType':'application/activity+json'}]").quote());
    }

    @Test
    void pollIsRead() {
        ApPoll poll = note("""
                'oneOf':[],'anyOf':[{'type':'Note','name':'A','replies':{'totalItems':'3'}},{'content':'B','_misskey_votes':-4},{'name':null}],
                'endTime':'2030-01-01T00:00:00Z','closed':true,'toot:votersCount':3""").poll();
        assertEquals(new ApPoll(true, List.of(new ApPoll.Option("A", 3L), new ApPoll.Option("B", 0L)),
                Instant.parse("2030-01-01T00:00:00Z"), true, 3L), poll);
    }

    @Test
    void pollEndsWhenItWasClosed() {
        ApPoll poll = note("'oneOf':[{'name':'A'}],'endTime':'2024-01-02T00:00:00Z','closed':'2024-01-01T00:00:00Z'").poll();
        assertEquals(Instant.parse("2024-01-01T00:00:00Z"), poll.endsAt());
        assertNull(note("'oneOf':[{'name':'A'}],'closed':null").poll().endsAt());
        assertNull(note("'oneOf':[],'anyOf':null").poll());
    }

    @Test
    void voteIsANamedAnswerWithoutContent() {
        assertTrue(note("'name':'A','inReplyTo':['https://b.example/q']").isVote());
        assertEquals("https://b.example/q", note("'inReplyTo':{'id':'https://b.example/q'}").inReplyTo());
    }

    @Test
    void tagsAreReadFromListOrObject() {
        assertEquals(List.of(new ApTag.Mention("https://b.example/u", "@u@b.example"), new ApTag.Hashtag(null, "tea"),
                new ApTag.Emoji(null, "blob_cat", "https://a.example/e.png", null, Instant.parse("2024-01-01T00:00:00Z"))), note("""
                'tag':[{'type':'Mention','href':'https://b.example/u','name':'@u@b.example'},{'type':'as:Hashtag','name':'#tea'},null,'x',
                {'type':'toot:Emoji','id':null,'name':'blob_cat','icon':{'url':'https://a.example/e.png'},'updated':'2024-01-01T00:00:00Z'},
                {'type':'Hashtag'},{'type':'Emoji','name':':bad code:','icon':{'url':'https://a.example/e.png'}}]""").tags());
        assertEquals(List.of(new ApTag.Hashtag("https://a.example/t", "x")),
                note("'tag':{'type':'Hashtag','name':'x','href':'https://a.example/t'}").tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'https://a.example/u#main-key','owner':'https://a.example/u','publicKeyPem':'PEM'}",
            "[{'@id':'https://a.example/u#main-key','sec:owner':{'@id':'https://a.example/u'},'publicKeyPem':'PEM'}]"})
    void publicKeyIsReadFromObjectAndList(String key) {
        assertEquals(List.of(new ApPublicKey("https://a.example/u#main-key", "https://a.example/u", "PEM")),
                actor("'publicKey':" + key).publicKeys());
    }

    @Test
    void publicKeyMayBeABareIriAndTenAreTheMost() {
        assertEquals(List.of(new ApPublicKey("https://a.example/key", null, null)), actor("'publicKey':'https://a.example/key'").publicKeys());
        assertEquals(10, actor("'publicKey':[" + "{'id':'https://a.example/k'},".repeat(19) + "'https://a.example/k']").publicKeys().size());
    }

    @Test
    void multikeysAreRead() {
        assertEquals(List.of(new ApMultikey("https://a.example/u#ed", "https://a.example/u", "z6Mk")), actor("""
                'assertionMethod':['https://a.example/x',{'id':'https://a.example/u#ed','type':'Multikey','controller':'https://a.example/u',
                'publicKeyMultibase':'z6Mk'}]""").assertionMethods());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'endpoints':{'sharedInbox':'https://a.example/inbox'}", "'sharedInbox':'https://a.example/inbox'",
            "'endpoints':'https://a.example/endpoints','sharedInbox':'https://a.example/inbox'"})
    void sharedInboxIsFound(String members) {
        assertEquals("https://a.example/inbox", actor(members).sharedInbox());
    }

    @Test
    void emptyNameIsNoneAndFieldsAreRead() {
        ApActor actor = actor("'name':'','attachment':{'type':'PropertyValue','name':'Web','schema:value':'<a>x</a>'},'alsoKnownAs':'https://b.example/u'");
        assertNull(actor.name());
        assertEquals(List.of(new ApField("Web", "<a>x</a>")), actor.fields());
        assertEquals(List.of("https://b.example/u"), actor.alsoKnownAs());
    }

    @Test
    void collectionsAreReadInEveryForm() {
        ApCollection bare = Vocabulary.collection(read("{'type':'OrderedCollection','orderedItems':'https://a.example/1','totalItems':'1'}"));
        assertEquals(List.of(new ApReference("https://a.example/1", null)), bare.items());
        assertEquals(1L, bare.totalItems());
        ApCollection listed = Vocabulary.collection(read("{'type':'Collection','items':{'@list':[{'id':'https://a.example/1'},null]},'first':'https://a.example/p1'}"));
        assertEquals("https://a.example/1", listed.items().getFirst().id());
        assertEquals("https://a.example/p1", listed.first().id());
        ApCollection inline = Vocabulary.collection(read("{'type':'Collection','first':{'type':'CollectionPage','next':'https://a.example/p2'}}"));
        assertEquals("https://a.example/p2", Vocabulary.collection(inline.first().embedded()).next());
    }

    @Test
    void activityTakesIdsAndEmbeddedObjects() {
        ApActivity flag = Vocabulary.activity(read("{'type':'Flag','actor':[{'id':'https://a.example/u'}],'object':['https://b.example/u',{'id':'https://b.example/1'}]}"));
        assertEquals("https://a.example/u", flag.actor());
        assertEquals(List.of("https://b.example/u", "https://b.example/1"), flag.objects().stream().map(ApReference::id).toList());
        assertEquals("\uD83D\uDE00", Vocabulary.activity(read("{'type':'Like','_misskey_reaction':'\uD83D\uDE00'}")).content());
    }

    @Test
    void bareNameWinsOverItsAlias() {
        assertEquals("https://a.example/u", Vocabulary.activity(
                read("{'type':'Like','as:actor':'https://evil.example/u','actor':'https://a.example/u'}")).actor());
    }

    @Test
    void nulAndLoneSurrogatesDoNotComeThrough() {
        assertEquals("ab\uFFFD", note("'content':'a\\u0000b\\ud800'").content());
    }

    @Test
    void languageMapKeepsItsOrder() {
        assertEquals(Map.of("en", "a", "de", "b"), note("'contentMap':{'en':'a','de':'b','x':{}}").contentMap());
    }

    @ParameterizedTest
    @CsvSource({"2024-02-03T04:05:06Z,2024-02-03T04:05:06Z", "2024-02-03T04:05:06.123456789Z,2024-02-03T04:05:06.123456Z",
            "2024-02-03T04:05:06.1234567890123Z,2024-02-03T04:05:06.123456Z", "2024-02-03T04:05:06.1+02:00,2024-02-03T02:05:06.1Z",
            "2024-02-03T04:05:06+0000,2024-02-03T04:05:06Z", "2024-02-03T04:05:06-05,2024-02-03T09:05:06Z",
            "2024-02-03T04:05Z,2024-02-03T04:05:00Z", "2024-02-03 04:05:06,2024-02-03T04:05:06Z", "2024-02-03t04:05:06z,2024-02-03T04:05:06Z"})
    void dateIsRead(String written, Instant instant) {
        assertEquals(instant, Dates.parse(written));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2024-13-01T00:00:00Z", "2024-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z",
            "2024-02-03T25:00:00Z", "2024-02-03T04:05:06+99:99", "1700000000"})
    void badDateIsAbsent(String written) {
        assertNull(Dates.parse(written));
        assertNull(note("'published':'" + written + "'").published());
    }
}
