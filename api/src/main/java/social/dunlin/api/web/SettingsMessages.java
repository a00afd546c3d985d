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

    // ---- deleting

    @Message("Delete this account")
    String delete_title();

    @Message("Everything of @{acct} is deleted: profile, posts, follows, settings. Other servers are told to delete it too. This cannot be undone, and nobody can have this name again.")
    String delete_hint(String acct);

    @Message("Your password")
    String delete_password();

    @Message("Delete for good")
    String delete_go();
}
