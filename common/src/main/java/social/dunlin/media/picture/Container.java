package social.dunlin.media.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A picture's file, taken apart. */
interface Container {
    PictureHeader header();

    /** The pieces to write, in order. */
    List<ByteBuffer> stripped();

    List<ByteBuffer> still();

    List<Leak> leaks();

    /** A piece of the file itself. */
    static ByteBuffer slice(ByteBuffer bytes, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > bytes.limit()) {
            throw new BrokenPicture("cut off");
        }
        return bytes.slice((int) offset, (int) length);
    }

    static String text(ByteBuffer bytes, int offset, int length) {
        byte[] characters = new byte[length];
        bytes.get(offset, characters);
        return new String(characters, StandardCharsets.ISO_8859_1);
    }
}
