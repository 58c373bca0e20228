package dev.recount.examples.changefeed;

import java.io.IOException;

/** {@link ChangeFeed} as a child of a test, which ends with the test however that ends. */
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(ChildMain::endWithTheParent, "parent");
        watch.setDaemon(true);
        watch.start();
        ChangeFeed.main(arguments);
    }

    // Nobody writes to it; it ends with the parent.
    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // The parent is gone, too.
        }
        Runtime.getRuntime().halt(1);
    }
}
