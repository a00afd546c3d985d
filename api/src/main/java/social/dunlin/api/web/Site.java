package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Named;
import social.dunlin.account.Account;
import social.dunlin.account.SignUpService;
import social.dunlin.api.access.Caller;
import social.dunlin.instance.InstanceRule;
import social.dunlin.instance.InstanceTexts;
import social.dunlin.mail.MailSender;
import social.dunlin.oauth.AuthorizationService.Wish;

/**
 * What the layout and the pages say about the place: {@code inject:site} in templates. What templates read of other
 * packages is named here as well, so that native executables can.
 */
@TemplateData
@TemplateData(target = Account.class)
@TemplateData(target = InstanceRule.class)
@TemplateData(target = Wish.class)
@Named("site")
@RequestScoped
public class Site {
    private final Caller caller;
    private final InstanceTexts texts;
    private final Words words;
    private final SignUpService signUps;
    private final MailSender mail;

    public Site(Caller caller, InstanceTexts texts, Words words, SignUpService signUps, MailSender mail) {
        this.caller = caller;
        this.texts = texts;
        this.words = words;
        this.signUps = signUps;
        this.mail = mail;
    }

    /** Whether people can ask for an account themselves, without an invitation. */
    public boolean isSignUpOpen() {
        return signUps.isOpen(caller.domain(), "");
    }

    /** Whether letters can be sent to people. */
    public boolean isLetters() {
        return mail.isConfigured();
    }

    /** The domain's title, or the install's. */
    public String getTitle() {
        return texts.title(caller.domain());
    }

    /** What stands in handles. */
    public String getName() {
        return caller.domain().name();
    }

    /** What the place says about itself, or what we say where it is silent. */
    String description() {
        return texts.writtenDescription(caller.domain()).orElseGet(() -> words.page().landing_description(getName()));
    }

    /** Null when there is none. */
    String contact() {
        return texts.contactEmail(caller.domain()).orElse(null);
    }
}
