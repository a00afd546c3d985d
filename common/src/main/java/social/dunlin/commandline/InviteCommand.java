package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.time.Duration;
import social.dunlin.account.InviteService;
import social.dunlin.commandline.Invocation.MakeInvite;
import social.dunlin.domain.Domain;
import social.dunlin.domain.Domains;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin invite}: an invitation of the operator's. */
@ApplicationScoped
class InviteCommand {
    private final InviteService invites;
    private final Domains domains;

    InviteCommand(InviteService invites, Domains domains) {
        this.invites = invites;
        this.domains = domains;
    }

    void carryOut(MakeInvite wanted, PrintStream out) {
        Domain domain = wanted.domain()
            .map(name -> domains.byName(name).orElseThrow(() -> Refusal.invalid("Domain %s is not served here".formatted(name))))
            .orElseGet(domains::defaultDomain);
        out.println(InviteService.url(domain, invites.createForOperator(domain, wanted.maxUses().orElse(null), wanted.days().map(Duration::ofDays).orElse(null))));
    }
}
