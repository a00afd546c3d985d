package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import social.dunlin.account.UserCodes.Purpose;
import social.dunlin.queue.Job;
import social.dunlin.queue.Jobs;

/** Letters to logins, sent by job. The job names the login; the code in the letter is made when it is sent and stands nowhere else. */
@ApplicationScoped
public class UserLetters {
    public static final String KIND = "user-letter";

    private final Jobs jobs;

    public UserLetters(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @param purpose of the code in it; empty for the news that somebody was let in */
    public record Letter(long userId, Optional<Purpose> purpose) {
        private static final String APPROVED = "approved";

        String payload() {
            return userId + " " + purpose.map(Purpose::word).orElse(APPROVED);
        }

        public static Letter of(String payload) {
            String[] words = payload.split(" ");
            return new Letter(Long.parseLong(words[0]), words[1].equals(APPROVED) ? Optional.empty() : Optional.of(Purpose.of(words[1])));
        }
    }

    /** Sends a code; not a second one while the first waits to be sent. */
    public void sendCode(User user, Purpose purpose) {
        enqueue(new Letter(user.id(), Optional.of(purpose)));
    }

    public void sendApproval(User user) {
        enqueue(new Letter(user.id(), Optional.empty()));
    }

    private void enqueue(Letter letter) {
        jobs.enqueue(Job.of(KIND, letter.payload()).withPriority(Job.URGENT).uniqueBy(letter.payload()));
    }
}
