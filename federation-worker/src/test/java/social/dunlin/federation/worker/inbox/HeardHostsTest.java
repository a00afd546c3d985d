package social.dunlin.federation.worker.inbox;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeardHostsTest {
    @Test
    void hostThatTalksOnIsNewsOnce() {
        HeardHosts heard = new HeardHosts();
        assertTrue(heard.isNews("a.example"));
        assertFalse(heard.isNews("a.example"));
        assertTrue(heard.isNews("b.example"));
    }

    /** Whoever invents hosts makes others news again, and takes no memory. */
    @Test
    void hostsAreForgottenForNewerOnes() {
        HeardHosts heard = new HeardHosts();
        assertTrue(heard.isNews("a.example"));
        for (int number = 0; number < 1_000; number++) {
            assertTrue(heard.isNews(number + ".example"));
        }
        assertTrue(heard.isNews("a.example"));
    }
}
