package social.dunlin;

/**
 * A reason why Dunlin does not start that the operator can put right. The message is one line, names what to do, holds
 * no secret, and is printed without a stack trace.
 */
public class StartupException extends RuntimeException {
    public static final int FAILURE = 1;
    public static final int BAD_CONFIGURATION = 2;
    public static final int NO_DATABASE = 3;

    private final int exitCode;

    public StartupException(String message) {
        this(FAILURE, message, null);
    }

    public StartupException(String message, Throwable cause) {
        this(FAILURE, message, cause);
    }

    public StartupException(int exitCode, String message, Throwable cause) {
        super(message.lines().map(String::strip).reduce((first, second) -> first + " " + second).orElse(""), cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
