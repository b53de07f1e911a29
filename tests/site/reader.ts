// A reader of the site in a browser that Playwright cannot drive: finds things by role and name as they are shown,
// clicks where they are with a real pointer, types real keys, waits by looking again and again. Refuses to click what
// is covered. Holds no test. Used by reader.spec.ts.
import type { Driven } from '../../scripts/browsers-remote.ts';

const LOOK_EVERY_MS = 50;
/** So long a single look may take; then it is begun anew, in case the page has gone. */
const LOOK_MS_MAX = 1_000;
/** A page that goes away while it is asked takes the answer along. */
const ANSWER_MS_MAX = 3_000;
const WAIT_MS_MAX = 40_000;
const PRESSES_MAX = 3;

/** Runs in the page, anew with each look: so it is there after every navigation. */
const FINDER = String.raw`
  const roles = {
    button: 'button, summary, [role=button]', link: 'a[href]', radio: 'input[type=radio]', checkbox: 'input[type=checkbox]',
    slider: '[role=slider], input[type=range]', textbox: 'textarea, input:not([type]), input[type=text], [contenteditable=true]',
    searchbox: 'input[type=search]', select: 'select', status: '[role=status]', heading: 'h1, h2, h3, h4', tab: '[role=tab]',
    region: 'section[aria-label], section[aria-labelledby]', log: '[role=log]', alert: '[role=alert]', row: 'tr', option: 'label',
  };
  const flat = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element) => {
    const by = element.getAttribute('aria-labelledby');
    if (by !== null) return flat(by.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
    const given = element.getAttribute('aria-label');
    if (given !== null) return flat(given);
    const from = element.labels?.[0] ?? element;
    const copy = from.cloneNode(true);
    for (const hidden of copy.querySelectorAll('[aria-hidden=true], select, output, input')) hidden.remove();
    return flat(copy.textContent);
  };
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const all = (within, role, name) => [...document.querySelectorAll(within)].flatMap((root) => [...root.querySelectorAll(roles[role] ?? role)])
    .filter((element) => shown(element) && (name === undefined || (name instanceof RegExp ? name.test(nameOf(element)) : nameOf(element) === name)));
  const find = (role, name, within = 'body') => {
    const found = all(within, role, name)[0];
    if (found !== undefined) return found;
    const there = [...document.querySelectorAll(within)].flatMap((root) => [...root.querySelectorAll(roles[role] ?? role)]).filter(shown).map(nameOf);
    throw 'found no ' + role + ' ' + name + ' in ' + within + ', only: ' + there.join(' | ').slice(0, 400);
  };
  const text = (selector) => flat(document.querySelector(selector)?.textContent);
`;

type Name = string | RegExp;

/** Named keys, as WebDriver has them. */
const KEYS: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Shift: '\uE008',
  Control: '\uE009',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  Backspace: '\uE003',
  Delete: '\uE017',
};

function silence(): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer from the page')), ANSWER_MS_MAX);
    timer.unref();
  });
}

const literal = (value: Name | undefined): string =>
  value instanceof RegExp ? String(value) : (JSON.stringify(value) ?? 'undefined');

export class Reader {
  readonly #driven: Driven;
  readonly #origin: string;

  constructor(driven: Driven, origin: string) {
    this.#driven = driven;
    this.#origin = origin;
  }

  goTo(path: string): Promise<void> {
    return this.#driven.goTo(path.startsWith('http') ? path : this.#origin + path);
  }

  look(): Promise<Buffer> {
    return this.#driven.look();
  }

  close(): Promise<void> {
    return this.#driven.close();
  }

  /** What an expression over `find`, `text` and the page gives. */
  async ask(expression: string): Promise<string> {
    return this.#driven.evaluate(`(async () => {${FINDER} return (${expression}); })()`);
  }

  /** Waits until the expression is truthy, and gives it; else says what was there instead. */
  async until(expression: string, what = expression): Promise<string> {
    const giveUpAt = Date.now() + WAIT_MS_MAX;
    let last = 'nothing';
    while (Date.now() < giveUpAt) {
      const asked = this.ask(`await (async () => {
        const until = Date.now() + ${LOOK_MS_MAX};
        let last = '';
        for (;;) {
          try { const value = await (${expression}); if (value) return '+' + value; last = String(value); } catch (error) { last = String(error); }
          if (Date.now() > until) return '-' + last;
          await new Promise((resolve) => setTimeout(resolve, ${LOOK_EVERY_MS}));
        }
      })()`);
      const answer = await Promise.race([asked, silence()]).catch((error: unknown) => `-${String(error)}`);
      if (answer.startsWith('+')) return answer.slice(1);
      last = answer.slice(1);
    }
    const there = await this.ask('document.title + ": " + location.href').catch(String);
    throw new Error(`expected ${what} within ${WAIT_MS_MAX / 1000} s, found ${last} (${there})`);
  }

  sees(role: string, name?: Name, within?: string): Promise<string> {
    return this.until(`find(${literal(role)}, ${literal(name)}, ${literal(within)}) !== undefined`);
  }

  /** Brings it into view and presses the pointer in its middle, where it must be on top. */
  async click(role: string, name?: Name, within?: string): Promise<void> {
    await this.drag(role, name, within, [[0.5, 0.5]]);
  }

  /**
   * Presses at the first place (shares of its width and height), moves over the others, lets go. Presses again where
   * the page moved between measuring and pressing, as readers do.
   */
  async drag(
    role: string,
    name: Name | undefined,
    within: string | undefined,
    places: readonly (readonly [number, number])[],
  ): Promise<void> {
    for (let presses = 0; presses < PRESSES_MAX; presses += 1) {
      await this.#press(role, name, within, places);
      const missed = await this.ask('String(globalThis.pressMissed)').catch(() => 'gone with its page');
      if (missed !== 'true') return;
    }
    throw new Error(`expected to hit ${role} ${String(name)}, found that it moved away ${PRESSES_MAX} times`);
  }

  async #press(
    role: string,
    name: Name | undefined,
    within: string | undefined,
    places: readonly (readonly [number, number])[],
  ): Promise<void> {
    const box = JSON.parse(
      await this.until(
        `(async () => {
        let element = find(${literal(role)}, ${literal(name)}, ${literal(within)});
        if (element.disabled || element.getAttribute('aria-disabled') === 'true') throw 'it is disabled';
        if (element.matches('input[type=radio], input[type=checkbox]') && element.labels?.[0]) element = element.labels[0];
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { x, y, width, height } = element.getBoundingClientRect();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const now = element.getBoundingClientRect();
        if (now.x !== x || now.y !== y) throw 'it moves';
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        if (top === null || !(element.contains(top) || top.contains(element))) throw 'covered by ' + top?.outerHTML.slice(0, 120);
        const hit = ({ target }) => element.contains(target) || target.contains(element);
        document.addEventListener('pointerdown', (event) => { globalThis.pressMissed = !hit(event); }, { capture: true, once: true });
        return JSON.stringify({ x, y, width, height });
      })()`,
        `${role} ${String(name)} to click`,
      ),
    ) as { x: number; y: number; width: number; height: number };
    const moves = places.map(([right, down]) => ({
      type: 'pointerMove',
      duration: 0,
      x: Math.round(box.x + box.width * right),
      y: Math.round(box.y + box.height * down),
    }));
    await this.#driven.act([
      {
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          ...moves.slice(0, 1),
          { type: 'pointerDown', button: 0 },
          ...moves.slice(1),
          { type: 'pointerUp', button: 0 },
        ],
      },
    ]);
  }

  async focus(role: string, name?: Name, within?: string): Promise<void> {
    await this.until(
      `(() => { const element = find(${literal(role)}, ${literal(name)}, ${literal(within)}); element.focus(); return element === document.activeElement; })()`,
      `${role} ${String(name)} to have focus`,
    );
  }

  /** Keys one after another: characters, or names such as Enter and Control+a. */
  async keys(...keys: readonly string[]): Promise<void> {
    const actions = keys.flatMap((key) => {
      const [last = '', ...modifiers] = (key.length > 1 ? key.split('+') : [key])
        .map((part) => KEYS[part] ?? part)
        .reverse();
      return [
        ...modifiers.map((value) => ({ type: 'keyDown', value })),
        { type: 'keyDown', value: last },
        { type: 'keyUp', value: last },
        ...modifiers.map((value) => ({ type: 'keyUp', value })),
      ];
    });
    await this.#driven.act([{ type: 'key', id: 'keyboard', actions }]);
  }

  async type(words: string): Promise<void> {
    await this.keys(...words);
  }
}
