package dev.recount.examples.town;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Ids at random out of few that are in use; each is given up after a while for a new one, and then rarely asked for again. */
final class RandomIds {

    private static final int DRAWS_OF_AN_ID = 64;
    private static final int DRAWS_BEFORE_AN_OLD_ONE = 16;

    private final Map<String, Integer> generations = new HashMap<>();

    /** One of so many ids that begin with these letters. */
    String next(RandomGenerator random, String letters, int inUse) {
        String place = letters + random.nextInt(inUse);
        int more = random.nextInt(DRAWS_OF_AN_ID) == 0 ? 1 : 0;
        int generation = generations.merge(place, more, Integer::sum);
        boolean old = generation > 0 && random.nextInt(DRAWS_BEFORE_AN_OLD_ONE) == 0;
        return place + "g" + (old ? generation - 1 : generation);
    }
}
