package dev.recount.examples.orchestration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conversation about a project. Immutable.
 *
 * @param id its id
 * @param project the project
 * @param title what it is called
 * @param archived whether it was put away
 * @param items what is in it, in the order in which it began
 * @param createdAt when it began
 */
public record ProjectThread(
        String id, String project, String title, boolean archived, List<Item> items, Instant createdAt) {

    /** Copies the items. */
    public ProjectThread {
        items = List.copyOf(items);
    }

    /** The last turn. */
    public Optional<String> lastTurn() {
        return items.stream()
                .filter(item -> item.kind() == Item.Kind.TURN)
                .reduce((first, second) -> second)
                .map(Item::id);
    }

    ProjectThread withTitle(String newTitle) {
        return new ProjectThread(id, project, newTitle, archived, items, createdAt);
    }

    ProjectThread archived(boolean isArchived) {
        return new ProjectThread(id, project, title, isArchived, items, createdAt);
    }

    ProjectThread with(Item item) {
        List<Item> more = new ArrayList<>(items);
        more.add(item);
        return new ProjectThread(id, project, title, archived, more, createdAt);
    }

    ProjectThread withItems(List<Item> others) {
        return new ProjectThread(id, project, title, archived, others, createdAt);
    }

    /** What came after an item; nothing where it is not here. */
    List<Item> after(Item item) {
        int place = items.indexOf(item);
        return place < 0 ? List.of() : items.subList(place + 1, items.size());
    }
}
