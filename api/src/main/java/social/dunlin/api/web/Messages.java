package social.dunlin.api.web;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/**
 * Every text of the pages, in English. Translations are files {@code messages/msg_LANGUAGE.properties}
 * with the method names as keys; a language is offered once it stands in {@link Pages} too.
 */
@MessageBundle(locale = "en")
public interface Messages {
    /** The code of this very language, for {@code <html lang>}. */
    @Message("en")
    String language();

    @Message("Skip to content")
    String skipToContent();

    @Message("Powered by Dunlin")
    String poweredBy();

    @Message("Log in")
    String logIn();

    @Message("Log in to {site}")
    String logInTo(String site);

    @Message("Log out")
    String logOut();

    @Message("E-mail address or user name")
    String emailOrName();

    @Message("Password")
    String password();

    @Message("The e-mail address or the password is not right, or this account may not log in.")
    String logInFailed();

    @Message("You are logged in as @{acct}.")
    String loggedInAs(String acct);

    @Message("Log out of {site}?")
    String logOutOf(String site);

    @Message("Which account?")
    String whichAccount();

    @Message("Choose the account you want to act with.")
    String chooseAccount();

    @Message("Continue")
    String goOn();

    @Message("Authorize {application}")
    String authorizeTitle(String application);

    @Message("wants to use your account")
    String wantsAccount();

    @Message("If you allow it, it may:")
    String itMay();

    @Message("You will be sent to")
    String sentTo();

    @Message("You will be shown a code to copy into the application.")
    String shownCode();

    @Message("This name was chosen by the application. Go on only if you have just come from there.")
    String nameWarning();

    @Message("Authorize")
    String authorize();

    @Message("Deny")
    String deny();

    @Message("Your code")
    String yourCode();

    @Message("Copy this code into {application}. It is good for ten minutes and for one use.")
    String copyCode(String application);

    @Message("Read everything you can read: posts, notifications, lists and settings")
    String scopeRead();

    @Message("Act in your name: post, edit, delete, favourite, boost, and change your profile")
    String scopeWrite();

    @Message("See and change whom you follow, block and mute")
    String scopeFollow();

    @Message("Send you push notifications")
    String scopePush();

    @Message("Know who you are, and nothing else")
    String scopeProfile();

    @Message("See what only those who run this server see")
    String scopeAdminRead();

    @Message("Act as one who runs this server")
    String scopeAdminWrite();

    @Message("See your {part}")
    String scopeReadPart(String part);

    @Message("Change your {part}")
    String scopeWritePart(String part);

    @Message("account and profile")
    String partAccounts();

    @Message("blocks")
    String partBlocks();

    @Message("bookmarks")
    String partBookmarks();

    @Message("collections")
    String partCollections();

    @Message("conversations")
    String partConversations();

    @Message("favourites")
    String partFavourites();

    @Message("filters")
    String partFilters();

    @Message("follows")
    String partFollows();

    @Message("lists")
    String partLists();

    @Message("pictures and other media")
    String partMedia();

    @Message("mutes")
    String partMutes();

    @Message("notifications")
    String partNotifications();

    @Message("reports to the moderators")
    String partReports();

    @Message("search results")
    String partSearch();

    @Message("posts")
    String partStatuses();

    @Message("This request cannot be understood")
    String error400();

    @Message("You are not logged in")
    String error401();

    @Message("This is not allowed")
    String error403();

    @Message("There is nothing here")
    String error404();

    @Message("The address may be mistyped, or what was here is gone or not for everybody.")
    String error404Hint();

    @Message("This is gone for good")
    String error410();

    @Message("This is too large")
    String error413();

    @Message("This cannot be done")
    String error422();

    @Message("Too much at once")
    String error429();

    @Message("Please wait a few minutes and try again.")
    String error429Hint();

    @Message("Something went wrong here")
    String error500();

    @Message("It is not your fault. The people who run this server find the details in their log.")
    String error500Hint();

    @Message("To the start page")
    String toStart();

    @Message("User name")
    String userName();

    @Message("a to z, digits and underscores. Your handle will be @name@{host}; it can never change.")
    String userNameHint(String host);

    @Message("E-mail address")
    String email();

    @Message("Sign up")
    String signUp();

    @Message("Sign up at {site}")
    String signUpTo(String site);

    @Message("The people who run this server look at every request themselves, so it may take a while.")
    String signUpApproval();

    @Message("Why do you want to come here?")
    String signUpReason();

    @Message("I keep to the rules of this server.")
    String signUpAgreement();

    @Message("About this server")
    String aboutThisServer();

    @Message("Sign-up is closed")
    String signUpClosed();

    @Message("Accounts here are made by the people who run this server.")
    String signUpClosedHint();

    @Message("Look into your mailbox")
    String letterSent();

    @Message("If everything is right, a letter with a link is on its way to")
    String letterSentHint();

    @Message("Send a link")
    String sendLetter();

    @Message("Confirm e-mail address")
    String confirmEmail();

    @Message("One click, and your account at {site} is yours.")
    String confirmEmailHint(String site);

    @Message("Your e-mail address is confirmed")
    String emailConfirmed();

    @Message("You can log in now, here or with an app.")
    String emailConfirmedHint();

    @Message("Now the people who run this server look at your request. You get a letter when you are in.")
    String approvalPending();

    @Message("Forgot your password?")
    String passwordForgotten();

    @Message("A letter with a link lets you choose a new one.")
    String passwordForgottenHint();

    @Message("New password")
    String passwordNew();

    @Message("At least 8 characters. Every app and browser has to log in again afterwards.")
    String passwordNewHint();

    @Message("Save")
    String save();

    @Message("This link is not good any more")
    String codeTooOld();

    @Message("It was used before, or it is too old.")
    String codeTooOldHint();

    @Message("Please fill this in.")
    String problemBlank();

    @Message("This is taken already.")
    String problemTaken();

    @Message("This name is reserved.")
    String problemReserved();

    @Message("This does not look right.")
    String problemInvalid();

    @Message("Please agree to this.")
    String problemAccepted();

    @Message("At least 8 characters, please.")
    String problemTooShort();

    @Message("This is too long.")
    String problemTooLong();

    @Message("One more step")
    String secondStep();

    @Message("The code is not right, or was used before.")
    String secondStepFailed();

    @Message("Code")
    String secondStepCode();

    @Message("The six digits that your authenticator app shows now, or one of your recovery codes.")
    String secondStepHint();

    @Message("Begin again")
    String secondStepBack();

    @Message("Accounts are made here for people who were invited. Ask somebody who has one.")
    String signUpByInvitation();
}
