package social.dunlin.api.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import social.dunlin.account.Account;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;

/** The end of every log-in: a session, and where to go from there. */
@ApplicationScoped
class SignedIn {
    private final UserService users;
    private final Caller caller;
    private final Browser browser;

    SignedIn(UserService users, Caller caller, Browser browser) {
        this.users = users;
        this.caller = caller;
        this.browser = browser;
    }

    /** @param user who may act and has an account on this domain */
    Response enter(User user, String returnTo) {
        List<Account> accounts = users.accountsOn(caller.domain(), user);
        browser.open(user.id(), accounts.getFirst().id());
        boolean choose = accounts.size() > 1 && !returnTo.startsWith("/oauth/authorize");
        return seeOther(choose ? "/auth/accounts?return_to=" + ReturnPath.encoded(returnTo) : returnTo);
    }

    static Response seeOther(String path) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", path).build();
    }
}
