package social.dunlin.commandline;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import social.dunlin.commandline.Invocation.BlockServer;
import social.dunlin.commandline.Invocation.UnblockServer;
import social.dunlin.id.Host;
import social.dunlin.moderation.DomainBlock.Severity;
import social.dunlin.moderation.DomainBlocks;
import social.dunlin.refusal.Refusal;

/** {@code dunlin admin server block|unblock|list}. */
@ApplicationScoped
class ServerCommand {
    private final DomainBlocks blocks;

    ServerCommand(DomainBlocks blocks) {
        this.blocks = blocks;
    }

    void block(BlockServer wanted, PrintStream out) {
        blocks.put(host(wanted.host()), wanted.limited() ? Severity.SILENCE : Severity.SUSPEND, wanted.reason().orElse(""), wanted.note().orElse(""),
            wanted.obfuscated());
        list(out);
    }

    void unblock(UnblockServer wanted, PrintStream out) {
        blocks.lift(host(wanted.host()));
        list(out);
    }

    void list(PrintStream out) {
        blocks.all().forEach(block -> out.printf("%s\t%s\t%s\t%s%n", block.host(), block.severity() == Severity.SUSPEND ? "blocked" : "limited",
            block.publicComment(), block.privateComment()));
    }

    private static Host host(String text) {
        return Host.tryParse(text).orElseThrow(() -> Refusal.unprocessable("'%s' is no name of a server.".formatted(text)));
    }
}
