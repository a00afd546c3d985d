package social.dunlin.media.worker.program;

/** The program could make nothing of the file, or was ended at a limit. Another try would end the same. */
public final class ProgramFailure extends Exception {
    private ProgramFailure(String message) {
        super(message, null, false, false);
    }


    public static ProgramFailure of(String message) {
        return new ProgramFailure(message);
    }
}
