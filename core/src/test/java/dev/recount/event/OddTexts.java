package dev.recount.event;

import java.util.Random;

/** Seeded texts of characters that encoders get wrong. */
final class OddTexts {

    private static final int[] CHARACTERS = {
        '"', '\\', '/', 0, 1, '\b', '\f', '\n', '\r', '\t', 0x1f, ' ', 'a', 'u', ':', '{', ']', ',', 0x7f, 0x85, 0xe9,
        0x2028, 0xfeff, 0xffff, 0x1f600, 0x10ffff
    };

    private OddTexts() {}

    static String any(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    /** One that a tag or a name may have. */
    static String plain(Random random) {
        return any(random).replaceAll("[\\x00-\\x1f\\x7f\\x85]", "") + "x";
    }
}
