package social.dunlin.federation.worker.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.federation.actor.FederationWorld;
import social.dunlin.move.MoveServices;
import social.dunlin.oauth.Identity;
import social.dunlin.queue.JobRun;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;
import social.dunlin.transfer.Imports;
import social.dunlin.transfer.TransferKind;
import social.dunlin.transfer.TransferServices;

@ExtendWith(DatabaseExtension.class)
class ImportHandlerTest {
    @Test
    void eachStepLeavesAJobForTheNextUntilAllIsDone(Database database, Vertx vertx, PgConnectOptions options) {
        try (FederationWorld world = new FederationWorld(database, vertx, options)) {
            MoveServices move = MoveServices.of(world, new Identity(database, world.domains, world.bus).users(), world.outbox);
            TransferServices transfer = TransferServices.of(world, move.aliases(), world.outbox);
            ImportHandler handler = new ImportHandler(transfer.steps(), world.jobs);
            String file = IntStream.range(0, 60).mapToObj(number -> "host%d.example".formatted(number)).collect(Collectors.joining("\n"));
            long id = transfer.imports().begin(world.accounts.byId(Village.DORA).orElseThrow(), TransferKind.DOMAIN_BLOCKS, true, file.getBytes(StandardCharsets.UTF_8));
            int runs = 0;
            boolean paused = false;
            while (database.execute("delete from job where kind = $1 and unique_key = $2", Imports.KIND, Long.toString(id)) > 0) {
                handler.handle(new JobRun(1, Imports.KIND, Long.toString(id), 1, ""));
                paused |= database.exists("select from job where kind = $1 and run_at > now()", Imports.KIND);
                runs++;
            }
            assertEquals(4, runs, "one looks for what is to be removed, three do the rows");
            assertTrue(paused, "other servers are not flooded");
            assertEquals(60, transfer.imports().get(Village.DORA, id).done());
            handler.handle(new JobRun(1, Imports.KIND, Long.toString(id), 1, ""));
            assertFalse(database.exists("select from job where kind = $1", Imports.KIND));
        }
    }
}
