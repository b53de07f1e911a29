// Every machine stands in one place: its time zone is UTC and its language American English, whatever the host's are.
// Else the same run would print other words on a computer in Tokyo. Called once a thread by primordials.ts, before
// Node's library copies the built-ins; clock.ts reads dates with what is here.

const LANGUAGE = 'en-US';
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const HostDate = Date;
/** A zone at the end of a text: Z, GMT, EST, +0100; or a date alone, which is UTC already. */
const ZONED =
  /(?:Z|\b(?:UTC?|GMT|[ECMP][SD]T)|[+-]\d\d:?\d\d)(?:\s*\([^)]*\))?\s*$|^\s*[+-]?\d{4,6}(?:-\d\d){0,2}\s*$/i;

/** Milliseconds of a text; without a zone in it, it is in UTC. */
export function parseDate(text: string): number {
  const given = String(text);
  if (ZONED.test(given)) return HostDate.parse(given);
  const isIso = /^\s*[+-]?\d{4,6}-\d\d-\d\dT/i.test(given);
  return HostDate.parse(`${given}${isIso ? 'Z' : ' UTC'}`);
}

/** What `new Date(…)` was called with, so that the host's zone plays no part. */
export function dateParts(parts: readonly unknown[]): unknown[] {
  if (parts.length > 1) return [HostDate.UTC(...(parts as [number, number]))];
  const [only] = parts;
  if (only instanceof HostDate) return [only.getTime()];
  const plain =
    typeof only === 'object' && only !== null
      ? (only as { [Symbol.toPrimitive]?: unknown; valueOf(): unknown }).valueOf()
      : only;
  return [typeof plain === 'string' ? parseDate(plain) : only];
}

export function standInOnePlace(): void {
  const date = Date.prototype as unknown as Record<string, (...parts: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(date)) {
    const [, verb = '', what = ''] = /^([gs]et)UTC(.*)$/.exec(name) ?? [];
    const inUtc = date[name];
    if (verb !== '' && inUtc !== undefined) define(date, verb + what, inUtc);
  }
  define(date, 'getYear', function getYear(this: Date) {
    return this.getUTCFullYear() - 1900;
  });
  define(date, 'getTimezoneOffset', function getTimezoneOffset(this: Date) {
    return Number.isNaN(this.getTime()) ? Number.NaN : 0;
  });
  define(date, 'toString', function dateAndTime(this: Date) {
    return dateText(this, (at) => `${dayText(at)} ${timeText(at)}`);
  });
  define(date, 'toDateString', function toDateString(this: Date) {
    return dateText(this, dayText);
  });
  define(date, 'toTimeString', function toTimeString(this: Date) {
    return dateText(this, timeText);
  });
  speakOneLanguage();
}

const two = (number: number): string => String(number).padStart(2, '0');

function dateText(date: Date, text: (date: Date) => string): string {
  return Number.isNaN(date.getTime()) ? 'Invalid Date' : text(date);
}

function dayText(date: Date): string {
  const year = date.getUTCFullYear();
  const digits = `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}`;
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())} ${digits}`;
}

function timeText(date: Date): string {
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${time} GMT+0000 (Coordinated Universal Time)`;
}

/** Whoever names no language gets English, and whoever names no zone gets UTC. */
function speakOneLanguage(): void {
  for (const [name, Host] of Object.entries(Object.getOwnPropertyDescriptors(Intl))) {
    if (typeof Host.value !== 'function' || Host.value.prototype === undefined || name === 'Locale') continue;
    const inPlace = ([languages = LANGUAGE, options]: unknown[]): unknown[] => [
      languages,
      name === 'DateTimeFormat' ? inUtc(options) : options,
    ];
    const Ours: object = new Proxy(Host.value as new (...parameters: unknown[]) => object, {
      construct: (target, parameters: unknown[], newTarget): object =>
        Reflect.construct(target, inPlace(parameters), newTarget === Ours ? target : newTarget) as object,
      apply: (target, self, parameters: unknown[]): unknown =>
        Reflect.apply(target, self, inPlace(parameters)),
    });
    define(Intl, name, Ours);
    define(Host.value.prototype as object, 'constructor', Ours);
  }
  const dated = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'];
  inLanguage(Date.prototype, dated, 0, inUtc);
  inLanguage(Number.prototype, ['toLocaleString'], 0);
  inLanguage(BigInt.prototype, ['toLocaleString'], 0);
  inLanguage(String.prototype, ['toLocaleLowerCase', 'toLocaleUpperCase'], 0);
  inLanguage(String.prototype, ['localeCompare'], 1);
}

function inUtc(options: unknown): unknown {
  if (options === undefined) return { timeZone: 'UTC' };
  const { timeZone = 'UTC' } = Object(options) as { timeZone?: unknown };
  return { ...(Object(options) as object), timeZone };
}

/** Methods whose parameter number `at` is a language, and the next one options. */
function inLanguage(
  holder: object,
  names: readonly string[],
  at: number,
  amend: (options: unknown) => unknown = (options) => options,
): void {
  const methods = holder as Record<string, (...parameters: unknown[]) => unknown>;
  for (const name of names) {
    const host = methods[name];
    if (host === undefined) continue;
    define(
      holder,
      name,
      {
        [name](...parameters: unknown[]): unknown {
          const before = parameters.slice(0, at);
          return Reflect.apply(host, this, [
            ...before,
            parameters[at] ?? LANGUAGE,
            amend(parameters[at + 1]),
          ]);
        },
      }[name],
    );
  }
}

function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, writable: true, configurable: true });
}
