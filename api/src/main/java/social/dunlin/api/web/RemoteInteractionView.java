package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;

/**
 * The way to a visitor's own server.
 *
 * @param uri         what they want to follow or answer
 * @param handle      what they typed; empty = nothing yet
 * @param destination where to go on; null = not known
 * @param host        the host of that
 * @param problem     why it is not known; null = nobody asked yet, or it is
 */
@TemplateData
public record RemoteInteractionView(String uri, String handle, String destination, String host, String problem) {
}
