package social.dunlin.media.blob;

import java.io.IOException;

/** There is too little room left. It may be tried again once somebody has made some. */
public class BlobStoreFull extends IOException {
    public BlobStoreFull(String message) {
        super(message);
    }
}
