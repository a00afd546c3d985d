package social.dunlin.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import social.dunlin.database.embedded.EmbeddedPostgresSettings.RootStrategy;

/** Lets PostgreSQL's programs run without root's rights, which they insist on. */
sealed interface Unprivileged {

    /** The command as it has to be started. */
    List<String> command(List<String> command);

    /** Makes the folders reachable for the programs. */
    void give(Path folder) throws IOException;

    static Unprivileged choose(RootStrategy strategy) {
        if (!isRoot()) {
            return new Myself();
        }
        return switch (strategy) {
            case USER_NAMESPACE -> new UserNamespace();
            case OTHER_USER -> OtherUser.find();
            case AUTOMATIC -> works("unshare", "--user", "true") ? new UserNamespace() : OtherUser.find();
        };
    }

    private static boolean isRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException | UnsupportedOperationException noProc) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(command);
        return all;
    }

    /** An ordinary user started Dunlin. */
    record Myself() implements Unprivileged {
        @Override
        public List<String> command(List<String> command) {
            return command;
        }

        @Override
        public void give(Path folder) {
        }
    }

    /** The file owner stays the same, so nothing has to be given away and closed parent folders do not matter. */
    record UserNamespace() implements Unprivileged {
        @Override
        public List<String> command(List<String> command) {
            return prefixed(List.of("unshare", "--user"), command);
        }

        @Override
        public void give(Path folder) {
        }
    }

    /** Containers often forbid user namespaces; there the cluster belongs to another user of the system. */
    record OtherUser(String name, int user, int group) implements Unprivileged {
        static OtherUser find() {
            // initdb asks for the user's name, so the number must belong to somebody.
            OtherUser other = Stream.of("postgres", "nobody").flatMap(OtherUser::lookUp).findFirst().orElse(null);
            if (other == null || !works(other.command(List.of("true")).toArray(String[]::new))) {
                throw new EmbeddedPostgresException("PostgreSQL refuses to run as root, and neither 'unshare --user' "
                        + "nor 'setpriv' can change that here: start Dunlin as an ordinary user.");
            }
            return other;
        }

        private static Stream<OtherUser> lookUp(String name) {
            try {
                return Files.readAllLines(Path.of("/etc/passwd")).stream()
                        .map(line -> line.split(":"))
                        .filter(fields -> fields.length > 3 && fields[0].equals(name))
                        .map(fields -> new OtherUser(name, Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
            } catch (IOException noSuchFile) {
                return Stream.empty();
            }
        }

        @Override
        public List<String> command(List<String> command) {
            return prefixed(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"), command);
        }

        @Override
        public void give(Path folder) throws IOException {
            UserPrincipal owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    if (!owner.equals(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS))) {
                        Files.setAttribute(file, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
                        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
                    }
                }
            }
            for (Path parent = folder.getParent(); parent != null; parent = parent.getParent()) {
                if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    throw new EmbeddedPostgresException(("PostgreSQL runs as the user %s and cannot reach %s, because "
                            + "%s is closed (%s): open it with 'chmod o+x', choose another data directory, or start "
                            + "Dunlin as an ordinary user.").formatted(name, folder, parent,
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(parent))));
                }
            }
        }
    }
}
