package dev.recount.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.event.StoredEvent;
import dev.recount.examples.town.BeadCommand;
import dev.recount.examples.town.BeadDetails;
import dev.recount.examples.town.EscalationCommand;
import dev.recount.examples.town.TownReactors;
import dev.recount.examples.town.TownState;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser. Screenshots are left in {@code target/screenshots}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DashboardBrowserTest {

    private static final String ROWS =
            "return [...document.querySelectorAll('.row')].map(row => row.dataset.rig + ' ' + row.dataset.sequence)";
    private static final String RIGHTMOST_BAR = "Math.max(...[...document.querySelectorAll('#bars rect')]"
            + ".filter(bar => bar.height.baseVal.value > 0).map(bar => bar.x.baseVal.value))";
    private static final String LIVE = "return document.querySelector('#pill').dataset.state === 'live'";

    private static Browser browser;

    @TempDir
    static Path profile;

    @TempDir
    Path folder;

    private TestTown town;
    private Dashboard dashboard;

    @BeforeAll
    static void startBrowser() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        town = TestTown.busy(folder.resolve("wasteland"), 4, "gastown", "harbour", "mill");
        dashboard = town.serve(DashboardOptions.defaults());
        browser.problems();
        browser.size(1440, 900, false);
        browser.theme("dark");
    }

    @AfterEach
    void stop() {
        // A stream that is cut off is not what this test is about.
        browser.open(URI.create("about:blank"));
        dashboard.close();
        town.close();
    }

    @Test
    void what_happens_appears_at_once_as_a_sentence_and_on_the_boards() {
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        int before = openBeads();

        town.sling("gastown", "gt-77", "Fix the gate", "furiosa-2");
        town.create("harbour", "h-77", "Paint the pier");

        browser.untilNewRowSays("h-77", "Created \"Paint the pier\" by ann");
        browser.untilNewRowSays("gt-77", "Hooked by furiosa-2", "Fix the gate");
        browser.until("return document.querySelectorAll('.row.new').length >= 4");
        browser.until("return " + countOf("beads", "open") + " === arguments[0]", before + 1);
        browser.until("return document.querySelector('#lag').textContent.startsWith('lag ')");
        browser.screenshot("live-dark");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void convoys_molecules_and_escalations_have_a_board_of_their_own() throws Exception {
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        assertThat(browser.text("return " + countOf("plans", "waiting"))).isEqualTo("1");
        assertThat(browser.text("return " + countOf("plans", "completed"))).isEqualTo("1");

        town.perform(
                "mill",
                new EscalationCommand.Escalate(
                        "m-help",
                        BeadDetails.none().with("title", "Nobody answers").with("priority", "high"),
                        null,
                        "ann",
                        Instant.now()));
        for (String rig : town.rigs().rigs()) {
            town.perform(rig, new BeadCommand.CloseBead(rig + "-ship-1", "shipped", "ann", Instant.now()));
        }
        try (TownReactors reactors =
                TownReactors.start(TownReactors.rigsOf(town.rigs()), "test", InstantSource.system())) {
            assertThat(reactors.awaitIdle(Duration.ofSeconds(60))).isTrue();
        }

        browser.until("return " + countOf("plans", "landed") + " === 1 && " + countOf("plans", "waiting") + " === 0"
                + " && " + countOf("plans", "escalated") + " === 1");
        browser.untilNewRowSays("Convoy landed with 3 beads");
        browser.untilNewRowSays("Escalated as high by ann");
        browser.run("document.querySelector('.board[data-collection=plans]').scrollIntoView()");
        browser.screenshot("plans-dark");
        browser.click(".board[data-collection=plans] .lane[data-state=landed] .card");
        browser.until("return document.querySelector('#story-id').innerText === 'gastown-convoy-1'");
        browser.until("return [...document.querySelectorAll('.line-what')]"
                + ".some(what => what.textContent.includes('Convoy landed with 3 beads'))");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void bars_stay_where_they_were_counted_when_the_time_that_is_shown_grows() {
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.until("return " + RIGHTMOST_BAR + " > 115");
        // Nothing that is asked for every so often helps, nor are they counted again.
        browser.run("for (let i = 1; i < 10000; i++) clearInterval(i)");
        browser.run("const real = fetch; window.fetch = (url, options) =>"
                + " String(url).includes('/histogram') ? new Promise(() => {}) : real(url, options)");

        town.create("quarry", "q-1", "Months later, in a rig of its own");

        browser.until("return document.querySelector('#rigs [data-rig=quarry]')");
        browser.until("return " + RIGHTMOST_BAR + " < 60");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void a_server_killed_in_mid_stream_and_started_again_is_followed_in_order_and_once() throws Exception {
        dashboard.close();
        town.close();
        town = TestTown.empty(folder.resolve("killed"), "gastown", "harbour");
        town.create("gastown", "gt-1", "Much labelled");
        town.create("harbour", "h-1", "Much labelled, too");
        ServingProcess first = ServingProcess.start(town.directory(), 0);
        try {
            browser.openLoaded(first.address());
            browser.until(LIVE);
            listenAsBrowsersDo();
            CountDownLatch enough = new CountDownLatch(40);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> label(0, 120, enough));
            assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();

            first.kill();
            browser.until("return document.querySelector('#pill').dataset.state === 'reconnecting'");
            browser.until("return document.querySelector('#moment').innerText.startsWith('As it was at ')"
                    + " && document.querySelector('#live').ariaPressed === 'false'");
            writing.get(60, TimeUnit.SECONDS);
            try (ServingProcess second =
                    ServingProcess.start(town.directory(), first.address().getPort())) {
                browser.until(LIVE);
                label(120, 150, enough);

                assertThat(second.address()).isEqualTo(first.address());
                browser.until("return document.querySelectorAll('.row').length === 152");
                browser.until("return heard.length === 150");
                assertThat(browser.text("return document.querySelector('#alarm').hidden"))
                        .isEqualTo("true");
                for (String rig : List.of("gastown", "harbour")) {
                    assertThat(newestFirst(rig)).isEqualTo(logged(rig, 0));
                    assertThat(heardByEventSource(rig)).isEqualTo(logged(rig, 1));
                }
                browser.open(URI.create("about:blank"));
            }
        } finally {
            first.close();
        }
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void the_keyboard_travels_in_time_and_the_boards_are_those_of_a_replay() {
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.screenshot("now-dark");

        for (CharSequence keys : List.of(Keys.ARROW_LEFT, Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT), Keys.ARROW_RIGHT)) {
            browser.type(keys);
            assertBoardsAreThoseOf(moment());
        }
        browser.type(Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT), Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
        Instant then = moment();
        assertBoardsAreThoseOf(then);
        assertThat(browser.text("return document.querySelector('#pill').innerText"))
                .startsWith("as of 2 Mar 2026");
        // The boards may be there before the activity.
        browser.until(
                "const rows = (() => {" + ROWS + "})(); return rows.length > 0"
                        + " && !rows.some(row => arguments[0].includes(row))",
                after(then));
        browser.screenshot("time-travel-dark");

        browser.openLoaded(URI.create(browser.text("return location.href")));
        assertThat(moment()).isEqualTo(then);
        assertBoardsAreThoseOf(then);

        browser.type(Keys.HOME);
        assertBoardsAreThoseOf(TestTown.START.plusSeconds(60).isAfter(moment()) ? moment() : TestTown.START);
        browser.type("l");
        browser.until("return document.querySelector('#boards').dataset.at === 'live'");
        assertThat(browser.text("return location.search")).isEmpty();
        assertThat(shown()).isEqualTo(replayed(Instant.now()));
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void who_looks_at_the_past_is_told_of_what_is_new_and_finds_it_when_coming_back() {
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.type(Keys.ARROW_LEFT);
        assertBoardsAreThoseOf(moment());

        // What the activity was read with already is not new.
        browser.until("return document.querySelector('#activity-note').textContent !== ''");

        town.create("mill", "m-77", "Later");

        browser.until("return document.querySelector('#fresh').innerText === '1 new since'");
        assertThat(browser.texts(ROWS))
                .doesNotContain("mill " + town.events("mill").size());
        browser.click("#fresh");
        browser.until("return document.querySelector('.row .id')?.innerText === 'm-77'");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void what_an_event_says_is_text_whatever_it_says() {
        String hostile =
                "<img src=x onerror=\"window.pwned=1\"></script><script>window.pwned=1</script> \" ' & \u2028 \u202e{{7*7}}"
                        + " javascript:window.pwned=1";
        String shown = hostile.replace('\u202e', '\ufffd');
        town.create("gastown", "<b>gt</b>\"'", hostile);
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);

        town.perform("gastown", new BeadCommand.CloseBead("<b>gt</b>\"'", hostile, hostile, Instant.now()));
        browser.until("return document.querySelector('.row.new')");
        browser.until("return document.querySelector('.card .title')");
        browser.type("j", Keys.ENTER);
        browser.until("return document.querySelectorAll('.line-entry').length === 2");

        assertThat(browser.text("return document.querySelector('.row.new .sentence').textContent"))
                .contains(shown);
        assertThat(browser.text("return document.querySelector('.row.new .id').textContent"))
                .isEqualTo("<b>gt</b>\"'");
        assertThat(browser.text("return document.querySelector('.story-title').textContent"))
                .isEqualTo(shown);
        assertThat(browser.text(
                        "return [...document.querySelectorAll('.card .title')].some(title => title.textContent === arguments[0])",
                        shown))
                .isEqualTo("true");
        assertThat(browser.text("return window.pwned")).isEqualTo("null");
        assertThat(browser.text("return document.querySelectorAll('img, .row b, .row script, .story script').length"))
                .isEqualTo("0");
        browser.screenshot("hostile-title-dark");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void a_filter_is_typed_shared_by_its_address_and_taken_back() {
        town.create("mill", "m-70", "Open");
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.type("/");
        browser.type("type:created", Keys.ENTER);
        browser.until("return [...document.querySelectorAll('.row')].every(row => row.event.type === 'created')");
        browser.click("#rigs [data-rig=mill]");
        browser.until("return document.querySelectorAll('.row').length > 0"
                + " && [...document.querySelectorAll('.row')].every(row => row.dataset.rig === 'mill')");

        town.create("gastown", "gt-78", "Not of this rig");
        town.label("mill", "m-70", "not-of-this-type");
        town.create("mill", "m-78", "Of both");

        browser.until("return document.querySelector('.row.new .id')?.innerText === 'm-78'");
        assertThat(browser.text("return document.querySelectorAll('.row.new').length"))
                .isEqualTo("1");
        assertThat(browser.text("return location.search")).isEqualTo("?rig=mill&type=created");
        List<String> rows = browser.texts(ROWS);
        browser.reload();
        browser.until("return document.querySelectorAll('.row').length === arguments[0]", rows.size());
        assertThat(browser.texts(ROWS)).isEqualTo(rows);
        assertThat(browser.text("return document.querySelectorAll('.token').length"))
                .isEqualTo("2");
        browser.screenshot("filtered-dark");

        browser.back();
        browser.until("return location.search === '?type=created'"
                + " && [...document.querySelectorAll('.row')].some(row => row.dataset.rig === 'gastown')");
        browser.type("/");
        browser.type(Keys.BACK_SPACE);
        browser.type("rubbish", Keys.ESCAPE);
        assertThat(browser.text("return document.querySelector('#query').value"))
                .isEmpty();
        browser.until("return location.search === ''"
                + " && [...document.querySelectorAll('.row')].some(row => row.event.type === 'closed')");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void a_timeline_is_opened_and_closed_by_keys_and_by_its_address() {
        browser.theme("light");
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.type("j", "j", "j", "k");
        String bead = browser.text("return document.querySelector('.row.focused .id').innerText");

        browser.type(Keys.ENTER);

        browser.until("return document.querySelectorAll('.line-entry').length > 0");
        assertThat(browser.text("return document.querySelector('#story-id').innerText"))
                .isEqualTo(bead);
        List<String> sentences =
                browser.texts("return [...document.querySelectorAll('.line-what')].map(what => what.textContent)");
        assertThat(sentences).allSatisfy(sentence -> assertThat(sentence).containsPattern(" at \\d\\d:\\d\\d"));
        browser.screenshot("timeline-light");
        browser.reload();
        browser.until("return document.querySelectorAll('.line-entry').length === arguments[0]", sentences.size());
        browser.type(Keys.ESCAPE);
        browser.until("return document.querySelector('#story').hidden && location.search === ''");
        browser.back();
        browser.until("return !document.querySelector('#story').hidden");
        browser.type(Keys.ESCAPE);
        browser.type("?");
        browser.until("return document.querySelector('#keys').open");
        browser.type(Keys.ESCAPE);
        browser.until("return !document.querySelector('#keys').open");

        browser.openLoaded(URI.create(dashboard.address() + "?item=gastown/agents/gastown-toast"));
        browser.until("return document.querySelector('.line-what .id')");
        browser.screenshot("agent-light");
        bead = browser.text("return document.querySelector('.line-what .id').innerText");
        browser.click(".line-what .id");
        browser.until("return document.querySelector('#story-id').innerText === arguments[0]", bead);
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void a_timeline_keeps_what_was_read_of_it_and_has_the_head_of_the_moment() {
        town.create("mill", "m-9", "Much labelled");
        for (int i = 0; i < 6; i++) {
            town.label("mill", "m-9", "label-" + i);
        }
        String entries = "document.querySelectorAll('.line-entry').length";
        String note = "document.querySelector('.story-state .note').innerText";
        // As if a page of the server were short.
        String script = browser.beforeEachPage(
                "const real = fetch; const isLong = url => url.includes('/timeline') && !url.includes('limit=');"
                        + "window.fetch = (url, options) => real(isLong(url) ? url + '&limit=3' : url, options)");
        try {
            browser.openLoaded(URI.create(dashboard.address() + "?item=mill/beads/m-9"));
            browser.until(LIVE);
            for (int loaded : List.of(3, 6)) {
                browser.until(
                        "return " + entries + " === arguments[0] && " + note + " === arguments[0] + ' events and more'",
                        loaded);
                browser.click("#story > .button");
            }
            browser.until("return " + entries + " === 7");

            town.perform("mill", new BeadCommand.CloseBead("m-9", "done", "bob", Instant.now()));

            browser.until("return " + entries
                    + " === 8 && document.querySelector('.story-state').innerText.includes('closed')");
            browser.type(Keys.HOME);
            browser.until("return document.querySelector('.story-state').innerText.includes('not there yet')");
            assertThat(browser.text("return document.querySelectorAll('.line-entry.later').length"))
                    .isEqualTo("8");
            browser.screenshot("timeline-past-dark");
        } finally {
            browser.withdraw(script);
        }
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void what_an_address_says_that_nothing_is_like_is_left_out_or_named() {
        browser.openLoaded(URI.create(dashboard.address() + "?rig=&span=-5&type="));
        browser.until("return document.querySelectorAll('.row').length > 0");
        browser.openLoaded(URI.create(dashboard.address() + "?rig=nope"));
        browser.until(
                "return document.querySelector('#activity-end').innerText === 'There is no rig of the name nope.'");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void on_a_phone_nothing_is_wider_than_the_screen_and_the_slider_is_in_reach() throws Exception {
        Files.writeString(town.directory().resolve("ruin.db"), "This is no database.".repeat(500));
        town.create("mill", "m-79", "عنوان طويل جدا 🚧 " + "donaudampfschifffahrtsgesellschaft".repeat(6));
        browser.size(360, 740, true);
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        browser.until("return document.querySelector('.chip.broken')");

        for (String theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.screenshot("phone-" + theme);
        }

        assertNothingIsTooWide();
        browser.run("document.querySelector('#spans').scrollLeft = 0");
        browser.click("#spans button");
        browser.until("return location.search === '?span=3600000'");
        browser.screenshot("phone-hour-light");
        assertThat(((Number) browser.run("return document.querySelector('#slider').getBoundingClientRect().bottom"))
                        .intValue())
                .isBetween(600, 740);
        browser.click("[data-view=boards]");
        browser.until("return document.querySelector('.card').getBoundingClientRect().height >= 40");
        assertNothingIsTooWide();
        browser.screenshot("phone-boards-light");
        browser.click(".board[data-collection=beads] .card");
        browser.until("return document.querySelectorAll('.line-entry').length > 0");
        assertNothingIsTooWide();
        browser.screenshot("phone-timeline-light");
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void the_text_stands_out_from_what_is_behind_it_in_both_themes() {
        for (String theme : List.of("dark", "light")) {
            browser.theme(theme);
            browser.openLoaded(dashboard.address());
            browser.until(LIVE);
            browser.type(Keys.chord(Keys.SHIFT, Keys.ARROW_LEFT));
            assertBoardsAreThoseOf(moment());

            assertThat(browser.texts(TOO_FAINT)).as(theme).isEmpty();
        }
    }

    @Test
    void a_token_behind_the_hash_lets_in_and_is_neither_kept_nor_readable() throws Exception {
        dashboard.close();
        dashboard = town.serve(DashboardOptions.defaults().withToken("s3cret"));
        browser.open(dashboard.address());
        browser.until("return document.querySelector('#login').open");
        browser.type("guess", Keys.ENTER);
        browser.until("return document.querySelector('#login-error').textContent !== ''");
        browser.screenshot("signed-out-dark");

        browser.open(URI.create("about:blank"));
        browser.open(URI.create(dashboard.address() + "#token=s3cret"));

        browser.until("return document.querySelectorAll('.row').length > 0");
        browser.until(LIVE);
        assertThat(browser.text("return location.href"))
                .isEqualTo(dashboard.address().toString());
        assertThat(browser.text("return document.cookie")).isEmpty();
        assertThat(browser.text("return JSON.stringify(localStorage)")).doesNotContain("s3cret");
    }

    @Test
    void pages_that_were_left_keep_no_connection_from_those_that_are_looked_at() {
        // A browser has six for a server, and keeps the pages behind its back button.
        for (int i = 0; i < 8; i++) {
            browser.openLoaded(URI.create(dashboard.address() + "?rig=gastown&n=" + i));
            browser.until(LIVE);
            assertThat(Double.parseDouble(browser.text("return performance.now()")))
                    .as("milliseconds until page %s was there", i)
                    .isLessThan(15_000);
        }

        browser.back();
        browser.until(LIVE);
        town.create("gastown", "gt-88", "Oil the hinges");
        browser.until("return document.querySelector('.row .what').innerText.includes('gt-88')");
    }

    @Test
    void a_feed_that_gives_an_event_twice_is_seen() {
        String script = browser.beforeEachPage(FEED_THAT_REPEATS);
        try {
            browser.open(dashboard.address());

            browser.until("return !document.querySelector('#alarm').hidden");

            assertThat(browser.text("return document.querySelector('#alarm').textContent"))
                    .contains("event 7 of gastown after its event 7");
        } finally {
            browser.withdraw(script);
        }
    }

    @Test
    void an_empty_town_says_so_and_fills_when_something_happens() throws Exception {
        dashboard.close();
        town.close();
        town = TestTown.empty(folder.resolve("new"), "gastown");
        dashboard = town.serve(DashboardOptions.defaults());
        browser.openLoaded(dashboard.address());
        browser.until(LIVE);
        assertThat(browser.text("return document.querySelector('#activity-end').innerText"))
                .contains("Nothing has happened yet");
        assertThat(browser.text("return document.querySelector('#moment').innerText"))
                .contains("recount import-town");
        browser.screenshot("empty-dark");

        town.create("gastown", "gt-1", "The first");

        browser.until("return document.querySelector('.row .id')?.innerText === 'gt-1'");
        browser.until("return document.querySelector('.card .title')?.innerText === 'The first'");
        assertThat(browser.problems()).isEmpty();
    }

    private static final String FEED_THAT_REPEATS = """
            const real = window.fetch;
            const frame = id => 'id: ' + id + '\\nevent: x\\ndata: ' + JSON.stringify({
              rig: 'gastown', sequence: 7, type: 'x', sentence: 'x', subject: null, tags: {},
              occurredAt: '2026-03-02T08:00:00Z', storedAt: '2026-03-02T08:00:00Z' }) + '\\n\\n';
            window.fetch = (url, options) => !String(url).endsWith('/events') ? real(url, options)
              : Promise.resolve(new Response(new ReadableStream({ start(stream) {
                  stream.enqueue(new TextEncoder().encode('id: a\\n\\n' + frame('b') + frame('c')));
                } }), { headers: { 'Content-Type': 'text/event-stream' } }));
            """;

    /** Texts whose contrast with the nearest opaque background is below what WCAG asks for. */
    private static final String TOO_FAINT = """
            const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
            const known = new Map();
            const parts = colour => {
              if (!known.has(colour)) known.set(colour, painted(colour));
              return known.get(colour);
            };
            const painted = colour => {
              canvas.clearRect(0, 0, 1, 1);
              canvas.fillStyle = colour;
              canvas.fillRect(0, 0, 1, 1);
              return [...canvas.getImageData(0, 0, 1, 1).data];
            };
            const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
              .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
              .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = node => {
              for (let n = node; n; n = n.parentElement) {
                const colour = parts(getComputedStyle(n).backgroundColor);
                if (colour[3] === 255) return colour;
              }
              return parts('Canvas');
            };
            const found = [];
            for (const node of document.querySelectorAll('body *')) {
              const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
              if (!own || !node.checkVisibility({ opacityProperty: true }) || node.closest('.spoken, .skip, dialog, noscript')) continue;
              const a = light(parts(getComputedStyle(node).color)), b = light(behind(node));
              const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              if (ratio < 4.5) found.push(node.className + ' ' + node.textContent.slice(0, 30) + ' ' + ratio.toFixed(2));
            }
            return [...new Set(found)];
            """;

    private void label(int from, int to, CountDownLatch enough) {
        for (int i = from; i < to; i++) {
            boolean even = i % 2 == 0;
            town.label(even ? "gastown" : "harbour", even ? "gt-1" : "h-1", "label-" + i);
            enough.countDown();
        }
    }

    /** A second listener beside the page: the browser's own EventSource, which resumes by itself. */
    private static void listenAsBrowsersDo() {
        browser.run("window.heard = []; window.source = new EventSource('/api/towns/wasteland/events');"
                + "source.addEventListener('label_added', event => {"
                + " const { rig, sequence } = JSON.parse(event.data); heard.push(rig + ' ' + sequence); });");
        browser.until("return source.readyState === 1");
    }

    private static List<String> heardByEventSource(String rig) {
        return browser.texts("return heard.filter(each => each.startsWith(arguments[0]))", rig + " ");
    }

    private static List<String> newestFirst(String rig) {
        List<String> rows = new ArrayList<>(browser.texts(ROWS));
        rows.removeIf(row -> !row.startsWith(rig + " "));
        Collections.reverse(rows);
        return rows;
    }

    private List<String> logged(String rig, int after) {
        return town.events(rig).stream()
                .map(StoredEvent::sequence)
                .filter(sequence -> sequence > after)
                .map(sequence -> rig + " " + sequence)
                .toList();
    }

    private List<String> after(Instant moment) {
        List<String> later = new ArrayList<>();
        for (String rig : town.rigs().rigs()) {
            town.events(rig).stream()
                    .filter(event -> event.occurredAt().isAfter(moment))
                    .forEach(event -> later.add(rig + " " + event.sequence()));
        }
        return later;
    }

    private static Instant moment() {
        return Instant.parse(browser.text("return new URLSearchParams(location.search).get('at')"));
    }

    private void assertBoardsAreThoseOf(Instant moment) {
        browser.until(
                "return Date.parse(document.querySelector('#boards').dataset.at) === arguments[0]",
                moment.toEpochMilli());
        assertThat(shown()).as(moment.toString()).isEqualTo(replayed(moment));
    }

    private static Map<String, Integer> shown() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String lane : browser.texts("return [...document.querySelectorAll('.lane')].map(lane =>"
                + " lane.closest('.board').dataset.collection + '/' + lane.dataset.state + ' '"
                + " + lane.querySelector('[data-count]').dataset.count)")) {
            counts.put(lane.substring(0, lane.indexOf(' ')), Integer.parseInt(lane.substring(lane.indexOf(' ') + 1)));
        }
        return counts;
    }

    private Map<String, Integer> replayed(Instant moment) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String rig : town.rigs().rigs()) {
            TownState state = town.replayed(rig, moment);
            state.beads().values().forEach(bead -> counts.merge("beads/" + bead.status(), 1, Integer::sum));
            state.agents().values().forEach(agent -> counts.merge("agents/" + agent.status(), 1, Integer::sum));
            state.beads().values().stream()
                    .flatMap(bead -> bead.milestone().stream())
                    .forEach(milestone -> counts.merge("plans/" + milestone.state(), 1, Integer::sum));
        }
        return counts;
    }

    private static String countOf(String collection, String state) {
        return "Number(document.querySelector('.board[data-collection=" + collection + "] .lane[data-state=" + state
                + "] [data-count]')?.dataset.count ?? 0)";
    }

    private static int openBeads() {
        return ((Number) browser.run("return " + countOf("beads", "open"))).intValue();
    }

    private static void assertNothingIsTooWide() {
        assertThat(browser.text("return document.documentElement.scrollWidth <= innerWidth"
                        + " && document.body.scrollWidth <= innerWidth"))
                .isEqualTo("true");
    }
}
