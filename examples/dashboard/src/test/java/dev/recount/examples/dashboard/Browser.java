package dev.recount.examples.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window. */
final class Browser implements AutoCloseable {

    private static final Path BINARY = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Polls inside the page, so that nothing but the page has to be waited for. */
    private static final String POLL = """
            const done = arguments[arguments.length - 1];
            const given = [...arguments].slice(1, -1);
            const look = new Function(arguments[0]);
            const end = Date.now() + 120000;
            (function poll() {
              let seen = false;
              try { seen = look(...given); } catch (error) { seen = false; }
              if (seen) done(true);
              else if (Date.now() > end) done(false);
              else setTimeout(poll, 25);
            })();
            """;

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts one; skips the test where there is none on a machine that is not there to test. */
    static Browser start(Path profile) {
        boolean there = Files.isExecutable(BINARY) && Files.isExecutable(DRIVER);
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("There is no " + BINARY + " or no " + DRIVER
                    + ", and CI has to test in a browser. Run apt-get install chromium chromium-driver.");
        }
        assumeTrue(there, "No browser: apt-get install chromium chromium-driver to test the page itself.");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BINARY.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--window-size=1440,960",
                "--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withTimeout(Duration.ofSeconds(60))
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(150));
        return new Browser(driver);
    }

    void open(URI address) {
        driver.get(address.toString());
    }

    /** Goes to a page and waits until its activity and its boards are there. */
    void openLoaded(URI address) {
        open(address);
        until("return document.querySelector('#boards').dataset.at && document.querySelector('#totals').textContent"
                + " && document.querySelector('#activity-end > :not(.waiting)')");
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    String text(String script, Object... arguments) {
        return String.valueOf(run(script, arguments));
    }

    @SuppressWarnings("unchecked")
    List<String> texts(String script, Object... arguments) {
        return ((List<Object>) run(script, arguments))
                .stream().map(String::valueOf).toList();
    }

    /** Waits until a script in the page says so. */
    void until(String script, Object... arguments) {
        Object[] all = new Object[arguments.length + 1];
        all[0] = script;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        if (!Boolean.TRUE.equals(driver.executeAsyncScript(POLL, all))) {
            throw new AssertionError("This never came true: " + script + " with " + List.of(arguments)
                    + ". The page says: " + text("return document.body.innerText") + "\n" + problems());
        }
    }

    /** Waits until a row that was added to those of the first screen says all of this. The boards may be ahead of it. */
    void untilNewRowSays(Object... parts) {
        until(
                "const said = [...document.querySelectorAll('.row.new .what')].map(what => what.innerText);"
                        + "return said.some(row => [...arguments].every(part => row.includes(part)))",
                parts);
    }

    /** Types where the focus is. */
    void type(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    void command(String name, Map<String, Object> parameters) {
        driver.executeCdpCommand(name, parameters);
    }

    /** Runs a script in each page before its own; gives what withdraws it. */
    String beforeEachPage(String script) {
        return String.valueOf(
                driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
                        .get("identifier"));
    }

    void withdraw(String script) {
        command("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    void size(int width, int height, boolean mobile) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 2, "mobile", mobile));
    }

    void theme(String theme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the console complained of since it was asked last; not that a server was away, which a test may have seen to. */
    List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("net::ERR_"))
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
