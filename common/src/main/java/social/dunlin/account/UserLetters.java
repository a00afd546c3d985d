package social.dunlin.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
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

    /** What a letter is about. Jobs name it by its word, which stays. */
    public enum Subject {
        CONFIRM("confirm", Purpose.CONFIRM), RESET("reset", Purpose.RESET), APPROVED("approved", null),
        TWO_FACTOR_ON("two-factor-on", null), TWO_FACTOR_OFF("two-factor-off", null), RECOVERY_CODES("recovery-codes", null);

        private final String word;
        private final Purpose code;

        Subject(String word, Purpose code) {
            this.word = word;
            this.code = code;
        }

        /** What the code in the letter is good for; empty for news. */
        public Optional<Purpose> code() {
            return Optional.ofNullable(code);
        }
    }

    /** A letter to be sent. */
    public record Letter(long userId, Subject subject) {
        String payload() {
            return userId + " " + subject.word;
        }

        public static Letter of(String payload) {
            String[] words = payload.split(" ");
            return new Letter(Long.parseLong(words[0]), Arrays.stream(Subject.values()).filter(subject -> subject.word.equals(words[1])).findFirst().orElseThrow());
        }
    }

    /** Not a second one about the same while the first waits to be sent. */
    public void send(long userId, Subject subject) {
        String payload = new Letter(userId, subject).payload();
        jobs.enqueue(Job.of(KIND, payload).withPriority(Job.URGENT).uniqueBy(payload));
    }
}
