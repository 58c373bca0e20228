package dev.recount.store.memory;

import dev.recount.store.EventStore;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a store can get wrong, and the suites of the contract that must notice; none where it is no fault. */
// The functions hold no state, and the lists are copies.
@SuppressWarnings("ImmutableEnumChecker")
enum Fault {
    SHOWS_EVERY_SECOND_EVENT_LATE(FaultyReads::showingEverySecondEventLate, "Order", "Durability", "Concurrency"),
    READS_BACKWARDS(FaultyReads::readingBackwards, "Order", "Queries"),
    USES_SEQUENCES_TWICE(FaultyReads::usingSequencesTwice, "Order", "Concurrency"),
    LOSES_THE_LAST_OF_SEVERAL(FaultyAppends::losingTheLastOfSeveral, "Durability", "Atomicity"),
    TEARS_BATCHES(FaultyAppends::tearingBatches, "Atomicity"),
    IGNORES_THE_CONDITION(FaultyAppends::ignoringTheCondition, "Condition", "Concurrency", "RandomHistories"),
    OVERLOOKS_THE_FIRST_CONFLICT(FaultyAppends::overlookingTheFirstConflict, "Condition", "RandomHistories"),
    CHECKS_THE_CONDITION_BEFORE_THE_TRANSACTION(
            FaultyAppends::checkingTheConditionBeforeTheTransaction, "Condition", "Concurrency"),
    REMOVES_OLD_EVENTS(FaultyReads::removingOldEvents, "AppendOnly", "UnboundedReading"),
    PASSES_OVER_WHAT_WAS_REMOVED(FaultyReads::passingOverWhatWasRemoved, "RetentionOfEvents", "ReadersUnderRetention"),
    REWRITES_HISTORY(FaultyReads::rewritingHistory, "AppendOnly"),
    FORGETS_RECEIPTS(FaultyAppends::forgettingReceipts, "Idempotence", "RandomHistories"),
    TAKES_THE_KEY_FOR_THE_CONTENT(FaultyAppends::takingTheKeyForTheContent, "Idempotence", "RandomHistories"),
    CHECKS_THE_CONDITION_BEFORE_THE_RECEIPT(FaultyAppends::checkingTheConditionBeforeTheReceipt, "Idempotence"),
    STOPS_AT_ONE_PAGE(FaultyReads::stoppingAtOnePage, "UnboundedReading", "RandomHistories"),
    CLAIMS_TO_HAVE_LOOKED_FURTHER(FaultyReads::claimingToHaveLookedFurther, "UnboundedReading", "RandomHistories"),
    STOPS_UP_TO_AT_THE_LAST_MATCH(FaultyReads::stoppingUpToAtTheLastMatch, "UnboundedReading", "RandomHistories"),
    LEAVES_UNTIL_OUT(FaultyReads::leavingUntilOut, "UnboundedReading", "RandomHistories"),
    LETS_THE_CLOCK_RUN_BACKWARDS(FaultyReads::lettingTheClockRunBackwards, "Time"),
    CUTS_TIMES_TO_THE_MILLISECOND(FaultyReads::cuttingTimesToTheMillisecond, "Time"),
    WAKES_NOBODY(FaultyLives::wakingNobody, "PublishAfterCommit"),
    WAKES_FOR_NOTHING(FaultyLives::wakingForNothing, "PublishAfterCommit"),
    LEAVES_WHO_WAITS_WHEN_CLOSING(FaultyLives::leavingWhoWaitsWhenClosing, "PublishAfterCommit"),
    STORES_WHAT_IT_REFUSES(FaultyAppends::storingWhatItRefuses, "PublishAfterCommit", "Atomicity"),
    CUTS_LONG_DATA(FaultyReads::cuttingLongData, "Tolerance"),
    TIDIES_JSON(FaultyReads::tidyingJson, "Tolerance"),
    SWALLOWS_INTERRUPTS(FaultyAppends::swallowingInterrupts, "Cancellation"),
    STORES_HALF_WHEN_INTERRUPTED(FaultyAppends::storingHalfWhenInterrupted, "Cancellation"),
    CHANGES_ITS_ID(FaultyLives::changingItsId, "Identity"),
    HAS_THE_ID_OF_EVERY_OTHER_LOG(FaultyLives::havingTheIdOfEveryOtherLog, "Identity"),
    MARKS_EVERY_HISTORY_ALIKE(FaultyLives::markingEveryHistoryAlike, "Identity"),
    MARKS_WHAT_IS_NOT_THERE(FaultyLives::markingWhatIsNotThere, "Identity"),
    SWALLOWS_CLOSE(FaultyLives::swallowingClose, "Closed"),
    FAILS_TO_CLOSE_TWICE(FaultyLives::failingToCloseTwice, "Closed"),
    READS_NOTHING_AFTER_CLOSE(FaultyLives::readingNothingAfterClose, "Closed"),
    REPEATS_AFTER_CLOSE(FaultyLives::repeatingAfterClose, "Closed"),
    MIXES_UP_AND_AND_OR(FaultyReads::mixingUpAndAndOr, "Queries"),
    FINDS_A_MATCH_ONCE_FOR_EACH_ALTERNATIVE(FaultyReads::findingAMatchOnceForEachAlternative, "Queries"),
    LOSES_THE_LAST_PACKED_EVENT(FaultyPacking::losingTheLastEvent, "PackedReading"),
    SHIFTS_PACKED_DATA(FaultyPacking::shiftingTheData, "PackedReading"),
    FORGETS_THE_QUERY_OF_A_PACKED_PAGE(FaultyPacking::forgettingTheQuery, "PackedReading"),
    FORGETS_UNTIL_OF_A_PACKED_PAGE(FaultyPacking::forgettingUntil, "PackedReading"),
    CLAIMS_TO_HAVE_PACKED_FURTHER(FaultyPacking::claimingToHaveLookedFurther, "PackedReading"),
    STOPS_UP_TO_AT_THE_LAST_PACKED_MATCH(FaultyPacking::stoppingUpToAtTheLastMatch, "PackedReading"),
    STOPS_AT_ONE_PACKED_PAGE(FaultyPacking::stoppingAtOnePage, "PackedReading"),
    FORGETS_PACKED_VERSIONS(FaultyPacking::forgettingVersions, "PackedReading"),
    PACKS_MORE_THAN_ASKED_FOR(FaultyPacking::givingMoreThanAskedFor, "PackedReading"),
    PACKS_SOME_PAGES_ONLY(FaultyPacking::packingSomePagesOnly, "PackedReading"),
    COUNTS_CHARACTERS_FOR_BYTES(FaultyPacking::countingCharactersForBytes, "PackedReading"),
    PACKS_NEWEST_FIRST(FaultyPacking::readingBackwardsWhereAsked, "PackedReading"),
    PACKS_NOTHING_AFTER_CLOSE(FaultyPacking::packingNothingAfterClose, "PackedReading"),
    TAKES_THE_FIRST_OF_A_MOMENT(FaultyReads::takingTheFirstOfAMoment, "Time"),
    ACCEPTS_NOTHING(FaultyAppends::acceptingNothing, "BadInput"),
    ACCEPTS_CONDITIONS_OF_ANOTHER_LOG(FaultyAppends::acceptingConditionsOfAnotherLog, "BadInput"),
    CHECKS_A_GROUP_AGAINST_THE_LOG_ONLY(FaultyGroups::checkingAGroupAgainstTheLogOnly, "GroupedAppends"),
    ACKNOWLEDGES_WHO_IS_REFUSED_IN_A_GROUP(FaultyGroups::acknowledgingWhoIsRefusedInAGroup, "GroupedAppends"),
    LOSES_RECEIPTS_INSIDE_A_GROUP(FaultyGroups::losingReceiptsInsideAGroup, "GroupedAppends"),
    MIXES_UP_THE_OUTCOMES_OF_A_GROUP(FaultyGroups::mixingUpTheOutcomesOfAGroup, "GroupedAppends"),
    REFUSES_A_WHOLE_GROUP(FaultyGroups::refusingAWholeGroup, "GroupedAppends"),
    STORES_WHAT_IT_REFUSES_IN_A_GROUP(FaultyGroups::storingWhatItRefusesInAGroup, "GroupedAppends"),
    PACKS(FaultyPacking::packing),
    NONE(store -> store);

    private final UnaryOperator<EventStore> fault;
    private final List<String> suites;

    Fault(UnaryOperator<EventStore> fault, String... suites) {
        this.fault = fault;
        this.suites = List.of(suites);
    }

    /** The store with the fault. */
    EventStore in(EventStore store) {
        return fault.apply(store);
    }

    /** The suites that must notice. */
    List<String> suites() {
        return suites;
    }
}
