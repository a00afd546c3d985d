package social.dunlin;

import java.util.List;

/**
 * What an executable does instead of serving when it is started with this first word: its own way to have work done in
 * another process. Roles that bring one name it as a service ({@link java.util.ServiceLoader}).
 */
public interface InnerProgram {
    /** Begins like no word that people may say. */
    String PREFIX = "--inner-";

    String word();

    /** Gives the exit code. */
    int run(List<String> words);
}
