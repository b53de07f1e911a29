// The site as a reader uses it, in Firefox and WebKit where they are installed: run, break, rewind, edit, turn, ask,
// share, answer, predict, search, and all again without a network. Chromium does the same in the other files, in more
// detail; here is what each feature needs of a browser. Each has a server of its own, which is stopped for the last part.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { remoteBrowsers } from '../../scripts/browsers-installed.ts';
import type { Driven, RemoteBrowser } from '../../scripts/browsers-remote.ts';
import type { Prediction } from '../../src/grading/predict.ts';
import type { Quiz } from '../../src/grading/quiz.ts';
import { chapter, isChoice } from './chapter-page.ts';
import { Reader } from './reader.ts';

const FIRST_PORT = 4330;
const SERVED = `/[1-9]/.test(text('[data-served="balancer"]'))`;
const paused = `text('[data-status]') === 'paused'`;
const row = (machine: string) => `tr:has([data-served="${machine}"])`;

async function runs(reader: Reader): Promise<void> {
  await reader.click('button', 'Run');
  await reader.until(SERVED, 'a first answer');
}

async function seesBrokenLink(reader: Reader): Promise<void> {
  await reader.goTo(`${chapter}#run=1.AAAA`);
  await reader.until(`text('[role=status][aria-label]').includes('cut short')`);
}

async function breaksAndRewinds(reader: Reader): Promise<void> {
  await reader.click('button', 'Kill', row('app2'));
  await reader.until(`text('${row('app2')}').includes('killed')`);
  await reader.until(`/[1-9]/.test(text('[data-figure="lost"]'))`, 'lost requests');
  await reader.click('button', 'Pause');
  await reader.until(paused);
  await reader.focus('slider', 'Moment of the run');
  await reader.keys('Home');
  await reader.until(
    `${paused} && parseFloat(text('[data-time]')) === 0 && text('${row('app2')}').includes('up')`,
  );
  await reader.until(`text('.ck-said').startsWith('Now at 0.0 s. 4 of 4')`);
  await reader.keys('End');
  await reader.until(`${paused} && text('${row('app2')}').includes('killed')`);
  await reader.click('radio', '10×');
  await reader.click('button', 'Step');
}

/** Its part is loaded late and then scrolls into view: nothing is to be clicked before. */
async function opens(reader: Reader, tool: string): Promise<void> {
  await reader.click('button', tool);
  await reader.until(`document.querySelector('.ck-tool').getAttribute('aria-busy') === 'false'`);
}

async function edits(reader: Reader): Promise<void> {
  await opens(reader, 'Code');
  await reader.click('.cm-line', /turn\+\+ %/);
  await reader.keys('Home', 'Shift+End', 'Delete', ...'return (apps) => apps[1];');
  await reader.click('button', 'Put into the running cluster');
  await reader.until(`document.body.textContent.includes('Restarted balancer.')`);
}

/** Whether it was done the link says: Firefox tells pages nothing of a slider that is moved by keys. */
async function turnsDials(reader: Reader): Promise<void> {
  await opens(reader, 'Dials');
  await reader.focus('slider', 'Requests a second');
  await reader.keys('ArrowRight');
  await reader.until(`text('output') === '100'`);
  await reader.focus('select', 'Which app next');
  await reader.keys('ArrowDown');
  await reader.until(`find('select', 'Which app next').value === 'least-connections'`);
}

async function asksInConsole(reader: Reader): Promise<void> {
  await opens(reader, 'Console');
  await reader.focus('textbox', 'Command');
  await reader.keys(...'curl -i http://app1/item?id=1', 'Enter');
  await reader.until(`text('[role=log]').includes('you$ curl')`);
  await reader.click('button', 'Run');
  await reader.until(`text('[role=log]').includes('HTTP/1.1 200 OK')`);
}

async function looksInside(reader: Reader): Promise<void> {
  await opens(reader, 'Watch');
  await reader.until(`/How busy each machine is.*\\d%/.test(text('#ck-tool-watch'))`);
  await opens(reader, 'Requests');
  await reader.click('radio', 'Lost');
  await reader.click('button', /^Why\?/);
  await reader.sees('heading', /^What led to this\?/);
}

async function checksExercise(reader: Reader): Promise<void> {
  await reader.click('button', /^Exercise/);
  await reader.sees('#ck-tool-code[aria-busy=false] .cm-content');
  await reader.click('button', 'Check my version');
  await reader.until(`text('.ck-verdict').includes('Not yet')`);
}

/** Gives the link, and the hash that whoever opens it must see. */
async function shares(reader: Reader): Promise<{ readonly link: string; readonly hash: string }> {
  await opens(reader, 'Share');
  await reader.click('button', 'Make and copy the link');
  const link = await reader.until(`find('textbox', 'The link').value`);
  return { link, hash: await reader.ask(`text('[data-hash]')`) };
}

/** As somebody else, who has nothing of the first reader's. */
async function opensLink(driven: Driven, origin: string, link: string, hash: string): Promise<void> {
  const stranger = await driven.stranger(link);
  const reader = new Reader(stranger, origin);
  const notice = `text('[role=status][aria-label]')`;
  await reader.until(`${notice}.includes('Nothing of it has been run yet')`);
  const told = await reader.ask(notice);
  for (const deed of [
    'Kill app2',
    'Edit load-balancer/pick.ts',
    'ratePerSecond 100',
    'pick least-connections',
  ])
    expect(told).toContain(deed);
  const fetched = `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/engine/')).join()`;
  expect(await reader.ask(fetched), 'nothing runs before it is asked for').toBe('');
  await reader.click('button', 'Run it to that moment');
  await reader.until(`${paused} && text('[data-hash]') === '${hash}'`);
  await stranger.close();
}

async function answers(reader: Reader): Promise<void> {
  const quiz = JSON.parse(
    await reader.ask(`document.querySelector('[data-island="quiz"] > script').textContent`),
  ) as Quiz;
  const firstOfKind = new Map(quiz.questions.map((question) => [question.kind, question] as const).reverse());
  for (const question of firstOfKind.values()) {
    const form = `#q-${question.id}`;
    const nth = (index: number): Promise<void> =>
      reader
        .until(
          `(document.querySelectorAll('${form} label:has(input)')[${index}].dataset.at = '${index}', true)`,
        )
        .then(() => reader.click(`[data-at="${index}"]`, undefined, form));
    if (isChoice(question)) {
      for (const [index, { right }] of question.options.entries()) if (right) await nth(index);
    } else if (question.kind === 'line') await nth(question.lines.findIndex(({ right }) => right));
    else if (question.kind === 'match') {
      for (const [index, { right }] of question.pairs.entries()) {
        const select = `document.querySelectorAll('${form} select')[${index}]`;
        const down = await reader.until(
          `(${select}.focus(), '' + [...${select}.options].findIndex(({ value }) => value === '${right}'))`,
        );
        await reader.keys(...Array.from({ length: Number(down) }, () => 'ArrowDown'));
        await reader.until(`${select}.value === '${right}'`);
      }
    } else if (question.kind === 'order') continue;
    else {
      await reader.focus('textbox', undefined, form);
      await reader.keys(...String(question.answer));
    }
    await reader.click('button', 'Check', form);
    const status = `${form} [role=status]`;
    await reader.until(`text('${status}').includes('Right') && document.activeElement.matches('${status}')`);
  }
}

async function predicts(reader: Reader): Promise<void> {
  const prediction = JSON.parse(
    await reader.ask(`document.querySelector('[data-island="predict"] > script').textContent`),
  ) as Prediction;
  const section = `#predict-${prediction.id}`;
  for (const part of prediction.parts) {
    const field = `${section} [name="${prediction.id}-${part.id}"]`;
    if (part.kind === 'choice') {
      await reader.until(`(document.querySelectorAll('${field}')[${part.holds}].dataset.held = 'yes')`);
      await reader.click('[data-held]', undefined, section);
      await reader.until(`document.querySelector('${section}').closest('[data-awake=yes]') !== null`);
    }
    if (part.kind === 'number') {
      await reader.click(`[name="${prediction.id}-${part.id}"]`, undefined, section);
      await reader.keys(...'12.5');
    }
    if (part.kind === 'curve') {
      await reader.drag('slider', undefined, section, [
        [0.6, 0.5],
        [0.75, 0.4],
      ]);
      await reader.focus('slider', undefined, section);
      await reader.keys('PageUp', ...part.seconds.slice(part.given).map(() => 'ArrowRight'));
    }
  }
  await reader.click('button', 'Lock my prediction', section);
  await reader.until(`document.querySelectorAll('${section} .cmp').length === ${prediction.parts.length}`);
}

async function searches(reader: Reader): Promise<void> {
  await reader.goTo('/progress/');
  await reader.until(`/1 of \\d.*[1-9] of \\d/.test(text('main table'))`, 'what was predicted and answered');
  await reader.keys('/');
  await reader.until(`location.pathname === '/search/' && document.activeElement === find('searchbox')`);
  await reader.keys(...'rotation', 'Enter');
  await reader.until(`/page.* for “rotation”/.test(text('[role=status]'))`);
  await reader.focus('select', 'Theme');
  await reader.keys('ArrowDown', 'ArrowDown');
  await reader.until(`document.documentElement.dataset.theme === 'dark'`);
}

async function readsOffline(reader: Reader, cutOff: () => Promise<void>): Promise<void> {
  await reader.goTo('/offline/');
  await reader.keys('Shift');
  await reader.until(`text('[role=status]').startsWith('The whole course is on this device')`);
  await cutOff();
  await reader.goTo(chapter);
  await runs(reader);
  await reader.goTo('/never/written/');
  await reader.until(`text('h1') === 'Offline'`);
}

async function walk(
  browser: RemoteBrowser<Driven>,
  origin: string,
  cutOff: () => Promise<void>,
): Promise<void> {
  const driven = await browser.open(`${origin}/`);
  const reader = new Reader(driven, origin);
  const tries = async (parts: readonly ((reader: Reader) => Promise<void>)[]): Promise<void> => {
    for (const part of parts) await test.step(part.name, () => part(reader));
  };
  try {
    await tries([runs, seesBrokenLink, runs, breaksAndRewinds, edits, turnsDials]);
    // Takes WebKit long where others compute beside it.
    if (browser.name === 'Firefox') await tries([asksInConsole, looksInside, checksExercise]);
    const { link, hash } = await test.step('shares', () => shares(reader));
    await test.step('opensLink', () => opensLink(driven, origin, link, hash));
    await tries([answers, predicts, searches]);
    await test.step('readsOffline', () => readsOffline(reader, cutOff));
  } catch (problem) {
    writeFileSync(test.info().outputPath('seen.png'), await driven.look());
    throw problem;
  } finally {
    await driven.close();
  }
}

for (const [index, browser] of remoteBrowsers.entries()) {
  const missing = browser.missing();
  const why = missing === null ? '' : ` (skipped: ${missing} is not installed)`;
  test(`a reader runs, breaks, shares, answers and reads offline in ${browser.name}${why}`, async () => {
    test.skip(missing !== null, `${missing} is not installed`);
    test.setTimeout(240_000);
    const port = FIRST_PORT + index;
    const server = spawn(process.execPath, ['scripts/serve.ts', String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(server, 'exit').then(() => Promise.reject(new Error(`no server on port ${port}`)));
    await Promise.race([once(server.stdout, 'data'), ended]);
    const cutOff = async (): Promise<void> => {
      server.kill();
      await ended.catch(() => undefined);
    };
    try {
      await walk(browser, `http://localhost:${port}`, cutOff);
    } finally {
      server.kill();
    }
  });
}
