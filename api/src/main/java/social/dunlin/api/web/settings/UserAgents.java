package social.dunlin.api.web.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a browser calls itself, as people say it. Most claim to be others as well, so the order counts. */
final class UserAgents {
    private static final List<String[]> BROWSERS = List.of(new String[] {"Edg", "Edge"}, new String[] {"OPR/", "Opera"}, new String[] {"Vivaldi", "Vivaldi"},
        new String[] {"Firefox", "Firefox"}, new String[] {"FxiOS", "Firefox"}, new String[] {"CriOS", "Chrome"}, new String[] {"Chrome/", "Chrome"},
        new String[] {"Safari/", "Safari"}, new String[] {"Lynx", "Lynx"}, new String[] {"curl", "curl"});
    private static final List<String[]> SYSTEMS = List.of(new String[] {"Android", "Android"}, new String[] {"iPhone", "iPhone"}, new String[] {"iPad", "iPad"},
        new String[] {"Windows", "Windows"}, new String[] {"Mac OS", "macOS"}, new String[] {"Linux", "Linux"});

    private UserAgents() {
    }

    /** Such as “Firefox, Linux”; empty when nothing is known of it. */
    static Optional<String> name(String userAgent) {
        return Optional.of(Stream.of(BROWSERS, SYSTEMS).flatMap(known -> known.stream().filter(each -> userAgent.contains(each[0])).limit(1))
            .map(each -> each[1]).collect(Collectors.joining(", "))).filter(name -> !name.isEmpty());
    }
}
