package social.dunlin.federation.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses; the answer is what gets checked and connected to, nobody asks twice. */
@FunctionalInterface
public interface AddressResolver {
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** The operating system's resolver. */
    static AddressResolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
