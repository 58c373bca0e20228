package dev.recount.reaction;

import dev.recount.store.StoreUnavailable;
import java.time.Duration;

/** One thread of a reactor: takes step after step until it is told to stop, and waits where the store is unavailable. */
final class Loop implements Runnable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Signals signals;
    private final Step step;
    private final Runnable atEnd;

    Loop(Signals signals, Step step, Runnable atEnd) {
        this.signals = signals;
        this.step = step;
        this.atEnd = atEnd;
    }

    /** What is done again and again. */
    interface Step {

        /** @throws StoreUnavailable where it is to be taken again later */
        void take() throws InterruptedException;
    }

    @Override
    public void run() {
        try {
            takeSteps();
        } catch (InterruptedException e) {
            signals.stop(new IllegalStateException(
                    "A thread of a reactor was interrupted. Close the running reactor to end it.", e));
        } catch (Throwable e) {
            // Whatever it is, also an Error, must reach those who wait.
            signals.stop(e);
        } finally {
            atEnd.run();
        }
    }

    private void takeSteps() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!signals.isStopped()) {
            try {
                step.take();
                pause = FIRST_PAUSE;
            } catch (StoreUnavailable e) {
                signals.await(signals.version(), pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
