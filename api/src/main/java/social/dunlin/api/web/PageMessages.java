package social.dunlin.api.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the public pages, in English; translations are files {@code messages/page_LANGUAGE.properties}. Names begin
 * with the page or part they belong to; templates say {@code {page:post_pinned}}.
 */
@MessageBundle(value = "page", locale = "en")
public interface PageMessages {
    // ---- landing page

    @Message("{host} is a small home on the fediverse, the open network of social servers. People here follow and talk with people on thousands of other servers.")
    String landing_description(String host);

    @Message("{#if one}person{#else}people{/if} at home here")
    String landing_people(boolean one);

    @Message("{#if one}post{#else}posts{/if} written")
    String landing_posts(boolean one);

    @Message("Sign in with an app")
    String landing_apps_title();

    @Message("Have an account here? Any app made for Mastodon will do, on phone or desktop. Choose “Sign in” and type this address:")
    String landing_apps();

    @Message("Come and join")
    String landing_join_title();

    @Message("Accounts are given out by the people who run this server.")
    String landing_join();

    @Message("Ask them for one:")
    String landing_join_contact();

    @Message("Just looking? Every profile here can be followed from wherever you already are: search for its full name in your own app.")
    String landing_follow();

    @Message("About this server")
    String landing_about();

    @Message("Newest posts")
    String landing_newest();

    @Message("Nothing has been posted publicly yet.")
    String landing_empty();

    // ---- profiles

    @Message("Full name on the fediverse")
    String profile_handle();

    @Message("Posts")
    String profile_posts();

    @Message("Following")
    String profile_following();

    @Message("Followers")
    String profile_followers();

    @Message("Joined")
    String profile_joined();

    @Message("Verified link, checked {day}")
    String profile_verified(String day);

    @Message("Automated")
    String profile_bot();

    @Message("Group")
    String profile_group();

    @Message("Approves followers")
    String profile_locked();

    @Message("In memory of {name}.")
    String profile_memorial(String name);

    @Message("{name} has moved to")
    String profile_moved(String name);

    @Message("No public posts yet.")
    String profile_empty();

    @Message("{name} on {host}.")
    String profile_summary(String name, String host);

    // ---- posts

    @Message("Post by {name}")
    String post_title(String name);

    @Message("boosted")
    String post_boosted();

    @Message("Pinned post")
    String post_pinned();

    @Message("Reply")
    String post_reply();

    @Message("Content warning:")
    String post_warning();

    @Message("edited {time}")
    String post_edited(String time);

    @Message("Attachments")
    String post_attachments();

    @Message("Sensitive media")
    String post_sensitive();

    @Message("Picture")
    String post_image();

    @Message("Video")
    String post_video();

    @Message("Sound")
    String post_audio();

    @Message("File")
    String post_unknown();

    @Message("without a description")
    String post_undescribed();

    @Message("still being prepared")
    String post_unready();

    @Message("{#if one}reply{#else}replies{/if}")
    String post_replies(boolean one);

    @Message("{#if one}boost{#else}boosts{/if}")
    String post_boosts(boolean one);

    @Message("{#if one}favourite{#else}favourites{/if}")
    String post_favourites(boolean one);

    @Message("Earlier in this thread")
    String post_ancestors();

    @Message("Replies")
    String post_descendants();

    @Message("Quoted post")
    String post_quote();

    @Message("The quoted post cannot be shown here.")
    String post_quote_hidden();

    @Message("The quoted post is not shown yet: its author has not agreed so far.")
    String post_quote_pending();

    @Message("The author of the quoted post does not want it to be shown here.")
    String post_quote_refused();

    @Message("The quoted post has been deleted.")
    String post_quote_deleted();

    @Message("Public")
    String visibility_public();

    @Message("Unlisted")
    String visibility_unlisted();

    // ---- polls

    @Message("Poll")
    String poll_title();

    @Message("{#if one}person{#else}people{/if} voted")
    String poll_voters(boolean one);

    @Message("{#if one}vote{#else}votes{/if}")
    String poll_votes(boolean one);

    @Message("closed {time}")
    String poll_closed(String time);

    @Message("open until {time}")
    String poll_open(String time);

    @Message("The result is shown when the poll has closed.")
    String poll_hidden();

    @Message("Vote with your app.")
    String poll_vote();

    // ---- tags

    @Message("Public posts tagged #{name}.")
    String tag_description(String name);

    @Message("No public posts with this tag yet.")
    String tag_empty();

    // ---- about

    @Message("About {title}")
    String about_title(String title);

    @Message("Rules")
    String about_rules();

    @Message("Privacy policy")
    String about_privacy();

    @Message("Terms of service")
    String about_terms();

    @Message("Last changed on {day}.")
    String about_changed(String day);

    @Message("No rules have been written down yet.")
    String about_rules_none();

    @Message("Contact")
    String about_contact();

    @Message("The people who run this server have not left an address.")
    String about_contact_none();

    @Message("In numbers")
    String about_numbers();

    @Message("People")
    String about_people();

    @Message("Active this month")
    String about_active();

    @Message("Posts")
    String about_posts();

    @Message("Servers known")
    String about_servers();

    @Message("Software")
    String about_software();

    @Message("This server runs Dunlin {version}, free software for the fediverse.")
    String about_version(String version);

    // ---- leaving

    @Message("You are leaving {host}")
    String leaving_title(String host);

    @Message("This profile lives on another server:")
    String leaving_text();

    @Message("Go on to {host}")
    String leaving_go(String host);

    @Message("Back to {host}")
    String leaving_back(String host);

    // ---- paging

    @Message("Pages of posts")
    String paging();

    @Message("Older")
    String paging_older();

    @Message("Newer")
    String paging_newer();

    @Message("Newest")
    String paging_newest();

    // ---- acting from a browser

    @Message("From here")
    String interaction_title();

    @Message("Nobody and nothing was found under this address.")
    String interaction_nothing();

    @Message("Follow")
    String interaction_follow();

    @Message("Follow no more")
    String interaction_unfollow();

    @Message("You follow this account, or have asked to.")
    String interaction_followed();

    @Message("Answer")
    String interaction_answer();

    @Message("Favourite")
    String interaction_favourite();

    @Message("You have favourited this post.")
    String interaction_favourited();

    @Message("Boost")
    String interaction_boost();

    @Message("You have boosted this post.")
    String interaction_boosted();

    @Message("Another address, or a full name on the fediverse")
    String interaction_other();

    @Message("Look it up")
    String interaction_look();

    @Message("Post something")
    String share_title();

    @Message("Text")
    String share_text();

    @Message("Content warning, if it needs one")
    String share_warning();

    @Message("For whom")
    String share_visibility();

    @Message("Followers")
    String share_private();

    @Message("Those mentioned")
    String share_direct();

    @Message("Everybody on this server")
    String share_local();

    @Message("Everybody on this server, unlisted")
    String share_local_unlisted();

    @Message("Post")
    String share_go();

    @Message("Posted")
    String share_done();

    @Message("Post something else")
    String share_more();

    @Message("From your own server")
    String remote_title();

    @Message("Follow from your server")
    String remote_follow();

    @Message("Answer from your server")
    String remote_answer();

    @Message("Have an account elsewhere on the fediverse? Say where, and go on from there.")
    String remote_hint();

    @Message("Your full name, such as @name@example.org")
    String remote_handle();

    @Message("Go on")
    String remote_look();

    @Message("That server does not say where to go on. Search there for the address below instead.")
    String remote_unknown();

    @Message("Go on at {host}")
    String remote_go(String host);
}
