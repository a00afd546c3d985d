package social.dunlin;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The only entry point; every role and the all-in-one start here. */
@QuarkusMain
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) {
        Quarkus.run(arguments);
    }
}
