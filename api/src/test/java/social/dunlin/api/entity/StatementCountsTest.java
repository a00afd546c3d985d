package social.dunlin.api.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static social.dunlin.testing.Village.ALICE;
import static social.dunlin.testing.Village.BOB;
import static social.dunlin.testing.Village.CAROL;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.account.Account;
import social.dunlin.database.Database;
import social.dunlin.list.PeopleList;
import social.dunlin.list.RepliesPolicy;
import social.dunlin.notification.Notification;
import social.dunlin.notification.NotificationType;
import social.dunlin.paging.Page;
import social.dunlin.search.AccountSearch;
import social.dunlin.search.StatusSearch;
import social.dunlin.status.NewStatus;
import social.dunlin.status.Status;
import social.dunlin.status.StatusGlances.Glanced;
import social.dunlin.status.StatusReader;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.timeline.Timelines.AccountFilter;
import social.dunlin.timeline.Timelines.Reach;
import social.dunlin.timeline.Timelines.Tags;
import social.dunlin.visibility.Viewer;

/** How many statements each page of the API takes behind its resource, once its posts are kept; the same for two posts and for twelve. */
@ExtendWith(DatabaseExtension.class)
class StatementCountsTest {
    private static final Viewer READER = Viewer.of(BOB);
    private static final int POSTS = 12;

    private StatusWorld world;
    private Renderers renderers;

    @Test
    void noneGrowsWithItsPage(Database database, Vertx vertx, PgConnectOptions options) {
        world = new StatusWorld(database, vertx, options);
        renderers = new Renderers(world, world.village.domains()::defaultDomain, new ObjectMapper());
        Status root = fill();
        Account bob = world.village.account(BOB);
        PeopleList list = world.lists.create(BOB, new social.dunlin.list.ListService.Change("Carol", RepliesPolicy.LIST, false));
        world.lists.add(BOB, list.id(), List.of(CAROL));
        ConversationRenderer conversations = new ConversationRenderer(renderers.accounts, world.reader, renderers.posts);
        AccountSearch people = new AccountSearch(database, world.recall);
        StatusSearch words = new StatusSearch(database, world.accounts);

        Map<String, IntFunction<Integer>> pages = new LinkedHashMap<>();
        pages.put("home", size -> shown(world.timelines.home(BOB, Page.first(size)).glances()));
        pages.put("public", size -> shown(world.timelines.publicPosts(READER, Reach.ALL, 0, false, Page.first(size)).glances()));
        pages.put("tag", size -> shown(world.timelines.tagged(READER, Tags.of("birds"), Reach.ALL, 0, false, Page.first(size)).glances()));
        pages.put("list", size -> shown(world.lists.timeline(BOB, list.id(), Page.first(size)).glances()));
        pages.put("account's posts", size -> world.accounts.byId(CAROL).map(account ->
            shown(world.timelines.byAccount(READER, CAROL, AccountFilter.ALL, Page.first(size)).glances())).orElseThrow());
        pages.put("favourites", size -> shown(world.timelines.favourites(BOB, Page.first(size)).glances()));
        pages.put("bookmarks", size -> shown(world.timelines.bookmarks(BOB, Page.first(size)).glances()));
        pages.put("notifications", size -> renderers.notifications.render(notifications(size), NotificationFallbacks.kinds()).size());
        pages.put("grouped notifications", size -> renderers.groups.render(world.notifications.groups(BOB, Page.first(size), List.of(), List.of(), null, List.of(), false),
            BOB, true).notificationGroups().size());
        pages.put("conversations", size -> conversations.render(world.conversations.list(BOB, Page.first(size)), BOB).size());
        pages.put("search for people", size -> renderers.accounts.renderList(people.find("a", READER, false, size, 0)).size());
        pages.put("search for posts", size -> renderers.posts.render(words.find(bob,
            new StatusSearch.Wanted("birds", "village.example", null, null, null, size, 0)), READER).size());
        Map<String, Long> counts = new LinkedHashMap<>();
        pages.forEach((name, page) -> {
            page.apply(POSTS);
            counts.put(name, count(database, name, page, 2));
            assertEquals(counts.get(name), count(database, name, page, POSTS), name);
        });
        counts.put("context", context(database, root));
        counts.put("one post", onePost(database, root));
        assertEquals("""
            home 1
            public 1
            tag 1
            list 2
            account's posts 2
            favourites 1
            bookmarks 1
            notifications 3
            grouped notifications 3
            conversations 3
            search for people 2
            search for posts 2
            context 5
            one post 1
            """, counts.entrySet().stream().map(each -> each.getKey() + " " + each.getValue() + "\n").reduce("", String::concat));
    }

    private Status fill() {
        Account carol = world.village.account(CAROL);
        Status root = world.post(ALICE, "@bob The root", Visibility.PUBLIC);
        for (int number = 0; number < POSTS; number++) {
            Status post = world.post(CAROL, "@bob #birds number " + number, Visibility.PUBLIC);
            world.actions.favourite(world.village.account(BOB), post.id());
            world.actions.bookmark(world.village.account(BOB), post.id());
            world.service.publish(carol, NewStatus.text("Answer " + number).inReplyTo(root.id()).withVisibility(Visibility.PUBLIC));
            world.post(CAROL, "@bob between us " + number, Visibility.DIRECT);
        }
        return root;
    }

    private List<Notification> notifications(int size) {
        return world.notifications.list(BOB, Page.first(size), List.of(NotificationType.MENTION), List.of(), null);
    }

    private int shown(Glanced page) {
        renderers.posts.renderPage(page, READER);
        return page.listed().size();
    }

    private static long count(Database database, String name, IntFunction<Integer> page, int size) {
        long before = database.statementCount();
        int shown = page.apply(size);
        if (!name.startsWith("search")) {
            assertEquals(size, shown, name);
        }
        return database.statementCount() - before;
    }

    private long context(Database database, Status root) {
        long before = 0;
        for (int time = 0; time < 2; time++) {
            before = database.statementCount();
            StatusReader.Thread thread = world.reader.thread(READER, root.id());
            assertEquals(POSTS, renderers.posts.renderById(thread.glances(), READER).size());
        }
        return database.statementCount() - before;
    }

    private long onePost(Database database, Status root) {
        long before = 0;
        for (int time = 0; time < 2; time++) {
            before = database.statementCount();
            renderers.posts.renderOne(world.reader.glance(READER, root.id()), READER);
        }
        return database.statementCount() - before;
    }
}
