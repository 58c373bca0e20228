// Times as people read them, all in the zone of the reader.

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const format = options => new Intl.DateTimeFormat("en-GB", options);
const CLOCK = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = format({ hour: "2-digit", minute: "2-digit" });
const DAY = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const DATE = format({ day: "numeric", month: "short", year: "numeric" });
const SHORT_DATE = format({ day: "numeric", month: "short" });
const WHOLE = format({ weekday: "short", day: "numeric", month: "short", year: "numeric",
  hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" });

export const SECOND = 1000, MINUTES = 60 * SECOND, HOURS = 60 * MINUTES, DAYS = 24 * HOURS;

/** How much time the slider may show, beside all of it. */
export const SPANS = [[HOURS, "1 h"], [6 * HOURS, "6 h"], [DAYS, "24 h"], [7 * DAYS, "7 d"], [30 * DAYS, "30 d"]];

export const clock = time => CLOCK.format(time);
export const minute = time => MINUTE.format(time);
export const day = time => DAY.format(time);
export const date = time => DATE.format(time);
export const whole = time => WHOLE.format(time);
export const dayKey = time => new Date(time).toDateString();

/** A moment on an axis that shows so much time. */
export function tick(time, span) {
  if (span > 300 * DAYS) return DATE.format(time);
  if (span > 2 * DAYS) return SHORT_DATE.format(time);
  if (span > 20 * HOURS) return SHORT_DATE.format(time) + " " + MINUTE.format(time);
  return span > 10 * MINUTES ? MINUTE.format(time) : CLOCK.format(time);
}

/** A length of time in its largest unit. */
export function length(millis) {
  if (millis < SECOND) return Math.max(0, Math.round(millis)) + " ms";
  for (const [unit, name, limit] of [[SECOND, "s", MINUTES], [MINUTES, "min", HOURS], [HOURS, "h", 2 * DAYS]]) {
    if (millis < limit) return Math.floor(millis / unit) + " " + name;
  }
  const days = Math.floor(millis / DAYS);
  return days < 730 ? days + " d" : Math.floor(days / 365) + " y";
}
