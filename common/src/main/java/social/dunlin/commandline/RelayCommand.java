package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.util.Locale;
import social.dunlin.commandline.Invocation.AddRelay;
import social.dunlin.commandline.Invocation.RemoveRelay;
import social.dunlin.federation.relay.Relays;

/** {@code dunlin admin relay add|list|remove}. The server asks and tells the relay; the list says how it stands. */
@ApplicationScoped
class RelayCommand {
    private final Relays relays;

    RelayCommand(Relays relays) {
        this.relays = relays;
    }

    void add(AddRelay wanted, PrintStream out) {
        relays.add(wanted.url());
        list(out);
    }

    void list(PrintStream out) {
        relays.all().forEach(relay -> out.printf("%-9s %s%n", relay.state().name().toLowerCase(Locale.ROOT), relay.url()));
    }

    void remove(RemoveRelay wanted, PrintStream out) {
        relays.remove(wanted.url());
        list(out);
    }
}
