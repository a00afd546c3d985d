package social.dunlin.api.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import social.dunlin.account.Account;
import social.dunlin.account.TwoFactor;
import social.dunlin.account.User;
import social.dunlin.account.UserService;
import social.dunlin.api.access.Browser;
import social.dunlin.api.access.Caller;
import social.dunlin.api.access.RequestLimits;
import social.dunlin.oauth.SecondSteps;

/** The steps of a log-in: password, code if the person wants one, and at the end a session and where to go from there. */
@ApplicationScoped
class LogIn {
    private final UserService users;
    private final TwoFactor twoFactor;
    private final SecondSteps secondSteps;
    private final RequestLimits limits;
    private final Caller caller;
    private final Browser browser;

    LogIn(UserService users, TwoFactor twoFactor, SecondSteps secondSteps, RequestLimits limits, Caller caller, Browser browser) {
        this.users = users;
        this.twoFactor = twoFactor;
        this.secondSteps = secondSteps;
        this.limits = limits;
        this.caller = caller;
        this.browser = browser;
    }

    /** The answer when name and password are right; nothing for every "no". */
    Optional<Response> byPassword(String email, String password, String returnTo) {
        limits.applyToLogIn(email.toLowerCase(Locale.ROOT));
        return users.authenticate(caller.domain(), email, password).map(user -> {
            if (twoFactor.isOn(user.id())) {
                browser.keepSecondStep(secondSteps.begin(user.id()));
                return seeOther("/auth/second_step?return_to=" + ReturnPath.encoded(returnTo));
            }
            return enter(user, returnTo);
        });
    }

    /** Whether the browser has given a password and a code is still to come. */
    boolean waitsForCode() {
        return browser.secondStep().flatMap(secondSteps::userOf).isPresent();
    }

    /** Whose code is asked for, this being counted as a try; nothing when it is too late, or was too often wrong. */
    Optional<User> tryCode() {
        browser.secondStep().flatMap(secondSteps::userOf).ifPresent(userId -> limits.applyToLogIn("second step " + userId));
        return browser.secondStep().flatMap(secondSteps::attempt).flatMap(users::byId).filter(user -> user.mayAct() && !accounts(user).isEmpty());
    }

    /** The answer when the code is right. */
    Optional<Response> byCode(User user, String code, String returnTo) {
        if (!twoFactor.accept(user.id(), code)) {
            return Optional.empty();
        }
        secondSteps.end(browser.secondStep().orElseThrow());
        browser.forgetSecondStep();
        return Optional.of(enter(user, returnTo));
    }

    private Response enter(User user, String returnTo) {
        List<Account> accounts = accounts(user);
        browser.open(user.id(), accounts.getFirst().id());
        boolean choose = accounts.size() > 1 && !returnTo.startsWith("/oauth/authorize");
        return seeOther(choose ? "/auth/accounts?return_to=" + ReturnPath.encoded(returnTo) : returnTo);
    }

    /** Those among which the person who is logged in may choose. */
    List<Account> ownAccounts() {
        return users.byId(browser.session().orElseThrow().userId()).map(this::accounts).orElse(List.of());
    }

    private List<Account> accounts(User user) {
        return users.accountsOn(caller.domain(), user);
    }

    static Response seeOther(String path) {
        return Response.status(Response.Status.SEE_OTHER).header("Location", path).build();
    }
}
