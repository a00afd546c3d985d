package social.dunlin.api.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * The words of the settings, in English; translations are files {@code messages/settings_LANGUAGE.properties}. Names begin
 * with the page they belong to; templates say {@code {settings:moving_title}}.
 */
@MessageBundle(value = "settings", locale = "en")
public interface SettingsMessages {
    @Message("Settings")
    String index_title();

    @Message("Profile, posts and timelines are set in the app you use. Here is what takes a browser.")
    String index_hint();

    @Message("Moving to or from another account")
    String index_moving();

    @Message("Import and export")
    String index_data();

    @Message("Pictures")
    String index_pictures();

    @Message("Delete this account")
    String index_delete();

    @Message("Back to the settings")
    String index_back();

    // ---- moving

    @Message("Moving")
    String moving_title();

    @Message("Coming from another account")
    String moving_aliases_title();

    @Message("Name your old account here before you start the move there. Other servers look for this before they send your followers.")
    String moving_aliases_hint();

    @Message("Old account, as user@host")
    String moving_alias();

    @Message("Add")
    String moving_alias_add();

    @Message("Remove {name}")
    String moving_alias_remove(String name);

    @Message("Moving to another account")
    String moving_away_title();

    @Message("Your followers are asked to follow the new account; your posts stay here. The new account must name @{acct} as its alias first. After the move this account can no longer post or follow, until you take the move back. You can move again after 30 days.")
    String moving_away_hint(String acct);

    @Message("New account, as user@host")
    String moving_target();

    @Message("Your password here")
    String moving_password();

    @Message("Move my followers")
    String moving_go();

    @Message("You have moved to @{acct}. Your followers are being sent there, and this account neither posts nor follows.")
    String moving_done(String acct);

    @Message("Take the move back")
    String moving_undo();

    @Message("Followers who have gone stay at the new account.")
    String moving_undo_hint();

    // ---- import and export

    @Message("Import and export")
    String data_title();

    @Message("Take along")
    String data_export_title();

    @Message("CSV files in the forms that Mastodon and many others read.")
    String data_export_hint();

    @Message("Bring along")
    String data_import_title();

    @Message("CSV files as above, up to 5 MB. It takes a while, so that other servers are not flooded: about 150 lines a minute.")
    String data_import_hint();

    @Message("The file holds")
    String data_kind();

    @Message("File")
    String data_file();

    @Message("Add to what is here")
    String data_merge();

    @Message("Replace what is here: what is not in the file goes")
    String data_overwrite();

    @Message("Import")
    String data_import();

    @Message("Follow whom another account of yours follows")
    String data_follows_title();

    @Message("No file needed, as long as that account shows whom it follows. It must name this account as its alias, or stand among your aliases here.")
    String data_follows_hint();

    @Message("The other account, as user@host")
    String data_follows_name();

    @Message("Follow them all")
    String data_follows_go();

    @Message("Imports")
    String data_imports_title();

    @Message("{done} of {total} done, {failed} failed")
    String data_progress(int done, int total, int failed);

    @Message("under way")
    String data_under_way();

    @Message("finished")
    String data_finished();

    @Message("What failed")
    String data_failures();

    @Message("Back to import and export")
    String data_back();

    @Message("People you follow")
    String data_following();

    @Message("People you block")
    String data_blocks();

    @Message("People you mute")
    String data_mutes();

    @Message("Servers you block")
    String data_domain_blocks();

    @Message("Bookmarks")
    String data_bookmarks();

    @Message("Lists and who stands in them")
    String data_lists();

    // ---- pictures

    @Message("Pictures")
    String pictures_title();

    @Message("Profile")
    String pictures_profile_title();

    @Message("Picture of you, cut square")
    String pictures_avatar();

    @Message("Wide picture on top of your profile, three times as wide as high")
    String pictures_header();

    @Message("Use these")
    String pictures_set();

    @Message("Take the picture of you away")
    String pictures_remove_avatar();

    @Message("Take the wide picture away")
    String pictures_remove_header();

    @Message("Place, time and camera are taken out of them.")
    String pictures_profile_hint();

    @Message("Post a picture")
    String pictures_post_title();

    @Message("Before it is published you see what the file tells besides its picture, and decide whether that goes with it.")
    String pictures_post_hint();

    @Message("Picture")
    String pictures_file();

    @Message("Look at it")
    String pictures_look();

    @Message("Post a picture")
    String picture_title();

    @Message("What the file tells")
    String picture_leaks_title();

    @Message("Nothing besides the picture.")
    String picture_leaks_none();

    @Message("Whatever it tells besides what is seen and heard is taken out.")
    String picture_leaks_removed();

    @Message("Publish this too")
    String picture_keep();

    @Message("Take it out (recommended)")
    String picture_strip();

    @Message("Description for people who do not see it")
    String picture_description();

    @Message("Text")
    String picture_text();

    @Message("Who sees it")
    String picture_visibility();

    @Message("Everybody")
    String picture_public();

    @Message("Everybody, but it stands in no public lists")
    String picture_unlisted();

    @Message("Followers")
    String picture_followers();

    @Message("Cover it: it is sensitive")
    String picture_sensitive();

    @Message("Publish")
    String picture_go();

    @Message("The picture is still being processed. Try again in a moment.")
    String picture_waiting();

    @Message("Place")
    String leak_place();

    @Message("Time")
    String leak_time();

    @Message("Camera or telephone")
    String leak_device();

    @Message("Serial number")
    String leak_serial();

    @Message("Name of a person")
    String leak_person();

    @Message("Text")
    String leak_text();

    @Message("Program")
    String leak_software();

    @Message("A small picture from before it was edited")
    String leak_thumbnail();

    @Message("Other data")
    String leak_other();

    // ---- deleting

    @Message("Delete this account")
    String delete_title();

    @Message("Everything of @{acct} is deleted: profile, posts, follows, settings. Other servers are told to delete it too. This cannot be undone, and nobody can have this name again.")
    String delete_hint(String acct);

    @Message("Your password")
    String delete_password();

    @Message("Delete for good")
    String delete_go();

    // ---- the second step

    @Message("Two-factor authentication")
    String second_title();

    @Message("Besides your password, logging in then asks for a code that an app on your phone shows (Aegis, FreeOTP, a password manager …). Scan this with the app:")
    String second_hint();

    @Message("or type it in:")
    String second_secret();

    @Message("The code that the app shows now")
    String second_code_now();

    @Message("Your password")
    String second_password();

    @Message("Code of the app, or a recovery code")
    String second_code();

    @Message("Switch on")
    String second_switch_on();

    @Message("It is on. Recovery codes left: {left}")
    String second_on(int left);

    @Message("Your recovery codes")
    String second_codes_title();

    @Message("Keep them where you find them when your phone is lost; they are shown only now. Each is good once, instead of a code of the app.")
    String second_codes_hint();

    @Message("Make new recovery codes")
    String second_codes_new();

    @Message("Switch off")
    String second_off();

    // ---- what is logged in

    @Message("Sessions and apps")
    String sessions_title();

    @Message("Browsers")
    String sessions_browsers();

    @Message("this one")
    String sessions_this();

    @Message("last used {day}")
    String sessions_last_used(String day);

    @Message("never used")
    String sessions_never_used();

    @Message("since {day}")
    String sessions_since(String day);

    @Message("Log out")
    String sessions_end();

    @Message("Log out everywhere else")
    String sessions_end_others();

    @Message("Apps")
    String sessions_apps();

    @Message("What you let act for you. An app that you take this from has to ask again; its notifications and streams end at once.")
    String sessions_apps_hint();

    @Message("No app may act for you.")
    String sessions_apps_none();

    @Message("for @{acct}")
    String sessions_app_for(String acct);

    @Message("May no longer act for me")
    String sessions_app_end();

    @Message("None of them may act for me any more")
    String sessions_apps_end();

    @Message("Unknown browser")
    String sessions_unknown();

    // ---- invitations

    @Message("Invitations")
    String invites_title();

    @Message("Whoever has the link can sign up here without being asked why.")
    String invites_hint();

    @Message("How many people may use it")
    String invites_max_uses();

    @Message("any number")
    String invites_any_number();

    @Message("Days it is good for")
    String invites_days();

    @Message("for ever")
    String invites_for_ever();

    @Message("Who comes by it follows you")
    String invites_followed();

    @Message("Make an invitation")
    String invites_make();

    @Message("used: {uses}")
    String invites_used(String uses);

    @Message("good until {day}")
    String invites_until(String day);

    @Message("End it")
    String invites_end();

    // ---- password

    @Message("Password")
    String password_title();

    @Message("With a new password all other browsers and all apps have to sign in again.")
    String password_hint();

    @Message("Current password")
    String password_current();

    @Message("New password, at least 8 characters")
    String password_new();

    @Message("Change it")
    String password_go();
}
