package social.dunlin.api.web;

import io.quarkus.qute.TemplateData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A calm picture for profiles without a header: bars of sand and water at low tide, and a few birds. Drawn from the
 * account's id, so each has its own and keeps it. Colours are the style sheet's.
 *
 * @param bars  SVG paths, farthest first, within {@link #WIDTH} × {@link #HEIGHT}
 * @param birds SVG paths, strokes only
 */
@TemplateData
public record TidePattern(List<String> bars, List<String> birds) {
    public static final int WIDTH = 1200;
    public static final int HEIGHT = 240;
    private static final int BARS = 4;
    private static final int STEP = 200;

    static TidePattern of(long seed) {
        Random random = new Random(seed);
        List<String> bars = new ArrayList<>();
        for (int bar = 0; bar < BARS; bar++) {
            bars.add(bar(random, 96 + bar * 38, 24 - bar * 4));
        }
        List<String> birds = new ArrayList<>();
        double x = 180 + random.nextInt(700);
        double y = 34 + random.nextInt(24);
        int count = 4 + random.nextInt(5);
        for (int bird = 0; bird < count; bird++) {
            double size = 7 + random.nextDouble() * 6;
            birds.add("M%s %sq%s %s %s 0q%s %s %s 0".formatted(number(x), number(y), number(size / 2), number(-size * 0.7), number(size),
                number(size / 2), number(-size * 0.7), number(size)));
            x += 18 + random.nextInt(36);
            y = Math.max(12, y + random.nextInt(21) - 10);
        }
        return new TidePattern(bars, birds);
    }

    /** A smooth edge from left to right, closed along the bottom. */
    private static String bar(Random random, int level, int swing) {
        StringBuilder path = new StringBuilder("M0 %d".formatted(HEIGHT));
        double y = level + random.nextInt(2 * swing) - swing;
        path.append("V").append(number(y));
        for (int x = 0; x < WIDTH; x += STEP) {
            double next = level + random.nextInt(2 * swing) - swing;
            path.append("C%d %s %d %s %d %s".formatted(x + STEP / 2, number(y), x + STEP / 2, number(next), x + STEP, number(next)));
            y = next;
        }
        return path.append("V%dZ".formatted(HEIGHT)).toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
