package social.dunlin;

import java.util.HashMap;
import java.util.Map;

/** What Dunlin's settings mean for the extensions of Quarkus. */
final class QuarkusSettings {
    private QuarkusSettings() {
    }

    static Map<String, String> of(Map<String, String> settings, boolean serving) {
        Map<String, String> quarkus = new HashMap<>();
        quarkus.put("quarkus.http.host", settings.get("http.host"));
        quarkus.put("quarkus.http.port", settings.get("http.port"));
        if (!settings.get("http.trusted-proxies").isEmpty()) {
            quarkus.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            quarkus.put("quarkus.http.proxy.allow-x-forwarded", "true");
            quarkus.put("quarkus.http.proxy.enable-forwarded-host", "true");
            quarkus.put("quarkus.http.proxy.trusted-proxies", settings.get("http.trusted-proxies"));
        }
        put(quarkus, "quarkus.datasource.reactive.url", settings.get("database.url"));
        put(quarkus, "quarkus.datasource.username", settings.get("database.username"));
        put(quarkus, "quarkus.datasource.password", settings.get("database.password"));
        quarkus.put("quarkus.datasource.reactive.max-size", settings.get("database.pool-size"));
        // The work is done by virtual threads, which have as many processors; fewer loops sleep and are woken less often.
        quarkus.put("quarkus.vertx.event-loops-pool-size", Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));
        quarkus.put("quarkus.log.level", settings.get("log.level").toUpperCase(java.util.Locale.ROOT));
        if (!serving) {
            // A command answers on standard output; what it logs is in the way unless something is wrong.
            quarkus.put("quarkus.http.host-enabled", "false");
            quarkus.put("quarkus.log.level", "WARN");
            quarkus.put("quarkus.log.console.stderr", "true");
        }
        return quarkus;
    }

    private static void put(Map<String, String> quarkus, String key, String value) {
        if (!value.isEmpty()) {
            quarkus.put(key, value);
        }
    }
}
