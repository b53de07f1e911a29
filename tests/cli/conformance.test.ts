// `brownout conformance` on a made-up folder of tests: what counts, what passes, and what is said of the rest.
// Node's own tests are not needed here; fetching them is tried by hand.
import { afterAll, describe, expect, it } from 'vitest';
import { reasonOf } from '../../src/cli/conformance/pool.ts';
import { nearest } from '../../src/cli/conformance/source.ts';
import { halfOf, headerOf, moduleOf } from '../../src/cli/conformance/tests.ts';
import { brownout, folderOf } from './command-line.ts';

const folder = folderOf({
  'common/index.js':
    "'use strict'; exports.skip = (why) => { console.log('1..0 # Skipped: ' + why); process.exit(0); };",
  'fixtures/word.txt': 'a word',
  // Even: passes, with a flag, a fixture and the common files.
  'parallel/test-fs-pass.js':
    "// Flags: --expose-internals\nrequire('../common'); require('internal/util');\nif (require('fs').readFileSync(__dirname + '/../fixtures/word.txt', 'utf8') !== 'a word') throw new Error('no word');",
  // Passes on real Node only.
  'parallel/test-fs-fail.js':
    "if (require('os').hostname() === 'machine') throw new Error('found a machine');",
  'parallel/test-net-hangs.js': "if (require('os').hostname() === 'machine') setInterval(() => {}, 1000);",
  'parallel/test-net-skips.js':
    "if (require('os').hostname() === 'machine') require('../common').skip('a machine');",
  'parallel/test-net-spins.js':
    "const isMachine = require('os').hostname() === 'machine';\nwhile (isMachine) {}",
  // Do not count.
  'parallel/test-path-aa.js': "require('child_process').spawn('true');",
  'parallel/test-path-bb.js': 'process.exit(3);',
  'parallel/test-path-cc.js': "require('../common').skip('everywhere');",
  // Odd: the exam.
  'parallel/test-fs-odd.js': '',
});
afterAll(() => folder.remove());

describe('brownout conformance', () => {
  it('counts what passes on real Node, and says why the rest does not pass', {
    timeout: 60_000,
  }, async () => {
    const { out, code } = await brownout(['conformance', '--tests', folder.path, '--json']);
    expect(JSON.parse(out)).toEqual({
      applicable: 5,
      passed: 1,
      modules: {
        fs: {
          applicable: 2,
          passed: 1,
          failed: [{ test: 'test-fs-fail.js', reason: 'Error: found a machine' }],
        },
        net: {
          applicable: 3,
          passed: 0,
          failed: [
            { test: 'test-net-hangs.js', reason: 'it had not ended after 30 s of virtual time' },
            { test: 'test-net-skips.js', reason: 'it skips itself: a machine' },
            { test: 'test-net-spins.js', reason: expect.stringContaining('it never yields') },
          ],
        },
      },
      notApplicable: {
        'test-path-aa.js': 'starts programs other than Node: true',
        'test-path-bb.js': 'does not pass on real Node: ',
        'test-path-cc.js': 'skips itself on real Node: everywhere',
      },
    });
    expect(code).toBe(0);
  });

  it('refuses a folder that holds no tests, and names that nothing has', async () => {
    const nothing = await brownout(['conformance', '--tests', 'content']);
    expect(nothing.err).toMatch(/expected a test\/ folder of Node's sources.*correct --tests/);
    const unknown = await brownout(['conformance', '--tests', folder.path, '--module', 'tls']);
    expect(unknown.err).toContain('expected tests of this half, found tls: correct --module (fs, net, path)');
    expect(unknown.code).toBe(2);
  });
});

describe('names', () => {
  it('say half and module', () => {
    expect([halfOf('test-fs-odd.js'), halfOf('test-fs-pass.js')]).toEqual(['odd', 'even']);
    const modules = {
      'test-net-listen.js': 'net',
      'test-event-emitter-once.js': 'events',
      'test-eventtarget.js': 'event-target',
      'test-timers-now.js': 'timers',
      'test-stream2-push.js': 'stream',
      'test-http2-x.js': 'http2',
      'test-whatwg-url-x.js': 'url',
      'test-child-process-x.js': 'child_process',
      'test-process-next-tick.js': 'next-tick',
    };
    for (const [file, module] of Object.entries(modules)) expect(moduleOf(file), file).toBe(module);
  });

  it('of flags and environment are read from the head', () => {
    expect(headerOf("'use strict';\n// Flags: --a --b=c\n// Env: X=1 Y=a=b\n")).toEqual({
      flags: ['--a', '--b=c'],
      environment: { X: '1', Y: 'a=b' },
    });
  });

  it('of versions: the pinned one where it is there, else the nearest', () => {
    const there = ['18.20.4+dfsg-1', '24.21.0+dfsg+~cs24-1', '22.22.2+dfsg-1'];
    expect(nearest('24.21.0', there)).toBe('24.21.0+dfsg+~cs24-1');
    expect(nearest('24.1.0', there)).toBe('24.21.0+dfsg+~cs24-1');
    expect(nearest('20.1.0', ['24.21.0-1', '18.20.4-1', '21.0.0-1'])).toBe('21.0.0-1');
  });
});

describe('reasons', () => {
  it('are the first line that names an error, after what the runner itself saw', () => {
    const output = 'x\n/srv/test/a.js:3\n\nAssertionError [ERR_ASSERTION]: 1 == 2\n    at x';
    expect(reasonOf({ code: 1, output })).toBe('AssertionError [ERR_ASSERTION]: 1 == 2');
    expect(reasonOf({ code: null, output: '', problem: 'it waits' })).toBe('it waits');
    expect(reasonOf({ code: 0, output: '' })).toBeNull();
    expect(reasonOf({ code: 7, output: '' })).toBe('exit code 7');
  });
});
