package dev.recount.examples.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.examples.dashboard.Asking.Told;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and what a browser is told not to do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntranceTest {

    private static final String STATE = "/api/towns/wasteland/state";

    @TempDir
    Path folder;

    private TestTown town;

    @BeforeEach
    void open() throws Exception {
        town = TestTown.empty(folder.resolve("wasteland"), "gastown");
        town.create("gastown", "gt-1", "First");
    }

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void every_answer_forbids_scripts_styles_and_frames_from_elsewhere() throws Exception {
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults())) {
            for (String path : List.of("/", "/app.css", "/main.js", "/nothing", STATE, "/api/rigs/gastown/events")) {
                Told told = Asking.at(dashboard).get(path);

                String policy = told.header("Content-Security-Policy").orElseThrow();
                assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe", "*", "data:");
                assertThat(told.header("X-Content-Type-Options")).contains("nosniff");
                assertThat(told.header("Referrer-Policy")).contains("no-referrer");
                assertThat(told.header("Access-Control-Allow-Origin")).isEmpty();
            }
        }
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_has_no_script_of_its_own_inside() throws Exception {
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults())) {
            String page = Asking.at(dashboard).get("/").body();

            assertThat(page)
                    .doesNotContain("http:", "https:", "<style", " style=")
                    .doesNotContainPattern(" on\\w+=");
            assertThat(page).containsOnlyOnce("<script").contains("<script type=\"module\" src=\"/main.js\"></script>");
        }
    }

    @Test
    void a_file_of_the_page_is_sent_again_only_where_it_has_changed() throws Exception {
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults())) {
            Told first = Asking.at(dashboard).get("/app.css");

            Told again = Asking.at(dashboard)
                    .with("If-None-Match", first.header("ETag").orElseThrow())
                    .get("/app.css");

            assertThat(again.status()).isEqualTo(304);
        }
    }

    @Test
    void a_name_that_somebody_else_points_here_gets_nothing() throws Exception {
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults())) {
            int port = dashboard.address().getPort();
            Asking asking = Asking.at(dashboard);
            for (String host : List.of("127.0.0.1:" + port, "localhost", "LOCALHOST:99", "[::1]:" + port)) {
                assertThat(asking.with("Host", host).get(STATE).status())
                        .as(host)
                        .isEqualTo(200);
            }
            for (String host :
                    List.of("evil.example", "evil.example:" + port, "127.0.0.1.evil.example", "10.0.0.7", "")) {
                Told told = asking.with("Host", host).get(STATE);

                assertThat(told.status()).as(host).isEqualTo(403);
                assertThat(told.body()).doesNotContain("gt-1").contains("\"code\":\"FORBIDDEN\"");
            }
        }
    }

    @Test
    void a_server_on_all_addresses_is_asked_by_any_address_but_by_no_other_name() {
        KnownHosts all = KnownHosts.of("0.0.0.0");

        assertThat(all.contains("10.0.0.7:8420")).isTrue();
        assertThat(all.contains("[fe80::1]:8420")).isTrue();
        assertThat(all.contains("evil.example")).isFalse();
        assertThat(KnownHosts.of("box.lan").contains("box.lan:8420")).isTrue();
    }

    @Test
    void without_the_token_only_the_empty_page_is_given() throws Exception {
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults().withToken("s3cret"))) {
            Asking asking = Asking.at(dashboard);

            assertThat(asking.get("/").status()).isEqualTo(200);
            for (String path :
                    List.of("/api/towns", STATE, "/api/rigs/gastown/events", "/api/towns/wasteland/events")) {
                Told told = asking.get(path);

                assertThat(told.status()).as(path).isEqualTo(401);
                assertThat(told.header("WWW-Authenticate")).contains("Bearer");
                assertThat(told.body()).doesNotContain("gt-1", "s3cret").contains("UNAUTHORIZED");
            }
            assertThat(asking.with("Authorization", "Bearer wrong").get(STATE).status())
                    .isEqualTo(401);
            assertThat(asking.get(STATE + "?token=s3cret").status()).isEqualTo(401);
            assertThat(asking.with("Authorization", "Bearer s3cret").get(STATE).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_browser_trades_the_token_for_a_cookie_that_outlives_a_restart() throws Exception {
        String cookie;
        int port;
        try (Dashboard dashboard = town.serve(DashboardOptions.defaults().withToken("s3cret"))) {
            Asking asking = Asking.at(dashboard);
            port = dashboard.address().getPort();

            Told wrong = asking.send("POST", "/api/login", "{\"token\":\"guess\"}");
            Told right = asking.send("POST", "/api/login", "{\"token\":\"s3cret\"}");

            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.header("Set-Cookie")).isEmpty();
            assertThat(right.status()).isEqualTo(204);
            String set = right.header("Set-Cookie").orElseThrow();
            assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain("s3cret");
            cookie = set.substring(0, set.indexOf(';'));
            assertThat(asking.with("Cookie", "other=1; " + cookie).get(STATE).status())
                    .isEqualTo(200);
            assertThat(asking.with("Cookie", cookie + "0").get(STATE).status()).isEqualTo(401);
        }
        try (Dashboard again =
                town.serve(DashboardOptions.defaults().withToken("s3cret").withPort(port))) {
            assertThat(Asking.at(again).with("Cookie", cookie).get(STATE).status())
                    .isEqualTo(200);
        }
        try (Dashboard other =
                town.serve(DashboardOptions.defaults().withToken("an0ther").withPort(port))) {
            assertThat(Asking.at(other).with("Cookie", cookie).get(STATE).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void streams_end_with_a_word_when_the_dashboard_is_closed() throws Exception {
        Dashboard dashboard = town.serve(DashboardOptions.defaults());
        Asking streaming = Asking.at(dashboard).with("Accept", "text/event-stream");
        try (Socket rig = streaming.open("GET", "/api/rigs/gastown/events", "");
                Socket whole = streaming.open("GET", "/api/towns/wasteland/events", "")) {
            BufferedReader ofRig = new BufferedReader(new InputStreamReader(rig.getInputStream(), UTF_8));
            BufferedReader ofTown = new BufferedReader(new InputStreamReader(whole.getInputStream(), UTF_8));
            readUntilPlace(ofRig);
            readUntilPlace(ofTown);

            dashboard.close();

            assertThat(ofRig.lines()).anyMatch(line -> line.startsWith(": "));
            assertThat(ofTown.lines()).anyMatch(line -> line.startsWith(": "));
        }
    }

    private static void readUntilPlace(BufferedReader stream) throws Exception {
        String line = stream.readLine();
        while (!line.startsWith("id:")) {
            line = stream.readLine();
        }
    }
}
