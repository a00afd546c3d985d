package social.dunlin.federation.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import social.dunlin.activitypub.ActivityJson;
import social.dunlin.activitypub.ApActivity;
import social.dunlin.activitypub.MalformedDocument;
import social.dunlin.activitypub.Vocabulary;
import social.dunlin.queue.Job;
import social.dunlin.queue.JobRun;

class InboxJobTest {
    private static final String SENDER = "https://elsewhere.example/users/ann";
    private static final String BODY = "{\"type\": \"Like\",\n \"actor\": \"https://elsewhere.example/users/ann\", \"content\": \"\\u0000 ünï\"}\n";

    private static JobRun fromQueue(String payload) {
        return new JobRun(1, InboxJob.KIND, payload, 1, "");
    }

    private static ApActivity activity(String body) throws MalformedDocument {
        return Vocabulary.activity(ActivityJson.parse(body));
    }

    @Test
    void bodyIsGivenBackAsItCame() {
        Job job = new InboxJob(SENDER, BODY).job();
        assertEquals(new InboxJob(SENDER, BODY), InboxJob.read(fromQueue(job.payload())));
        assertEquals("elsewhere.example", job.fairKey());
    }

    @Test
    void jobsWrittenBeforeAreRead() {
        String written = "{\"sender\":\"https://elsewhere.example/users/ann\",\"body\":\"{\\\"type\\\": \\\"Like\\\"}\"}";
        assertEquals(new InboxJob(SENDER, "{\"type\": \"Like\"}"), InboxJob.read(fromQueue(written)));
    }

    @Test
    void workerOfTheSameProcessNeedNotReadTheBodyAgain() throws MalformedDocument {
        ApActivity activity = activity(BODY);
        Job job = new InboxJob(SENDER, BODY, activity).job();
        assertSame(activity, InboxJob.read(new JobRun(1, InboxJob.KIND, job.payload(), 1, "", job.read())).activity());
    }

    @Test
    void largeActivitiesAreNotKeptInMemory() throws MalformedDocument {
        String large = "{\"type\": \"Like\", \"content\": \"" + "a".repeat(70_000) + "\"}";
        assertNull(new InboxJob(SENDER, large, activity(large)).job().read());
    }

    @Test
    void senderCannotReachIntoTheBody() {
        assertThrows(IllegalArgumentException.class, () -> new InboxJob(SENDER + "\n{}", BODY).job());
    }
}
