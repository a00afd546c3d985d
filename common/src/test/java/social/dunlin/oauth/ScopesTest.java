package social.dunlin.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScopesTest {
    @Test
    void parentOpensItsChildren() {
        assertTrue(Scopes.parse("read").allow("read:statuses"));
        assertTrue(Scopes.parse("admin:read").allow("admin:read:accounts"));
        assertTrue(Scopes.parse("write").allow("write"));
    }

    @Test
    void childOpensNeitherParentNorSibling() {
        assertFalse(Scopes.parse("read:statuses").allow("read"));
        assertFalse(Scopes.parse("read:statuses").allow("read:accounts"));
        assertFalse(Scopes.parse("read").allow("write:statuses"));
    }

    @Test
    void adminScopesAreNotOpenedByReadAndWrite() {
        assertFalse(Scopes.parse("read write").allow("admin:read:accounts"));
        assertFalse(Scopes.parse("read write").allow("admin:write"));
    }

    @Test
    void hostileInput95_adminReadDoesNotOpenAdminWrite() {
        assertFalse(Scopes.parse("admin:read").allow("admin:write:accounts"));
    }

    @Test
    void followOpensFollowsBlocksAndMutesOnly() {
        Scopes follow = Scopes.parse("follow");
        assertTrue(follow.allow("write:follows"));
        assertTrue(follow.allow("read:blocks"));
        assertTrue(follow.allow("write:mutes"));
        assertFalse(follow.allow("read:accounts"));
        assertFalse(follow.allow("write:statuses"));
    }

    @Test
    void pushAndProfileStandAlone() {
        assertFalse(Scopes.parse("read write follow").allow("push"));
        assertFalse(Scopes.parse("read write follow").allow("profile"));
        assertTrue(Scopes.parse("profile").allow("profile"));
        assertFalse(Scopes.parse("profile").allow("read:accounts"));
    }

    @Test
    void anyOfSeveralIsEnoughAndNoneAskedForIsOpen() {
        assertTrue(Scopes.parse("follow").allowAny(List.of("follow", "write:follows")));
        assertTrue(Scopes.parse("profile").allowAny(List.of("profile", "read:accounts")));
        assertFalse(Scopes.parse("push").allowAny(List.of("profile", "read:accounts")));
        assertTrue(Scopes.parse("push").allowAny(List.of()));
    }

    @Test
    void anApplicationMayAskForLessButNotForMore() {
        assertTrue(Scopes.parse("read write").cover(Scopes.parse("read:statuses write")));
        assertFalse(Scopes.parse("read").cover(Scopes.parse("read write")));
        assertFalse(Scopes.parse("read:statuses").cover(Scopes.parse("read")));
    }

    @Test
    void unknownNamesAreSeen() {
        assertTrue(Scopes.parse("read write:statuses admin:write:ip_blocks").areKnown());
        assertFalse(Scopes.parse("read everything").areKnown());
        assertFalse(Scopes.parse("admin").areKnown());
    }

    @Test
    void orderIsKeptInTextAndSortedForTheDatabase() {
        Scopes scopes = Scopes.parse(" write  read follow read ");
        assertEquals("write read follow", scopes.text());
        assertEquals(List.of("follow", "read", "write"), List.of(scopes.sorted()));
    }
}
