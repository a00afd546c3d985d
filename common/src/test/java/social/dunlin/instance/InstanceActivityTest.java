package social.dunlin.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import social.dunlin.database.Database;
import social.dunlin.domain.Domain;
import social.dunlin.status.StatusWorld;
import social.dunlin.status.Visibility;
import social.dunlin.testing.DatabaseExtension;
import social.dunlin.testing.Village;

@ExtendWith(DatabaseExtension.class)
class InstanceActivityTest {
    @Test
    void weeksBeginOnMondayAndCountWhatIsOfTheDomain(Database database, Vertx vertx, PgConnectOptions options) {
        StatusWorld world = new StatusWorld(database, vertx, options);
        Domain village = world.village.domains().byHost(Village.VILLAGE).orElseThrow();
        world.post(Village.ALICE, "One", Visibility.PUBLIC);
        world.post(Village.BOB, "Two", Visibility.PRIVATE);
        world.post(Village.ERIN, "Elsewhere", Visibility.PUBLIC);
        List<WeekOfActivity> weeks = new InstanceUsage(new InstanceStore(database)).weeks(village);
        assertEquals(12, weeks.size());
        assertEquals(DayOfWeek.MONDAY, weeks.getFirst().week().atZone(ZoneOffset.UTC).getDayOfWeek());
        assertEquals(2, weeks.getFirst().statuses());
        assertEquals(5, weeks.getFirst().registrations());
        assertEquals(0, weeks.getLast().statuses());
        assertEquals(List.of("far.example"), new InstanceStore(database).peersBeginningWith("FAR", 10));
        assertEquals(List.of(), new InstanceStore(database).peersBeginningWith("%", 10));
    }
}
