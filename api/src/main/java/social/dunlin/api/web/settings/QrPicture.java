package social.dunlin.api.web.settings;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as SVG: dark on light whatever the reader's colours, for so it is scanned. */
final class QrPicture {
    /** The quiet zone that ISO 18004 asks for, in modules. */
    private static final int BORDER = 4;

    private QrPicture() {
    }

    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = code.size + 2 * BORDER;
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + BORDER).append(',').append(y + BORDER).append("h1v1h-1z");
                }
            }
        }
        return """
            <svg class="scan" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" aria-hidden="true" shape-rendering="crispEdges">\
            <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s" fill="#000"/></svg>""".formatted(side, path);
    }
}
