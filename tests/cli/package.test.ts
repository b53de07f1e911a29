// `brownout package` asked wrongly: nothing is written, and what is missing is named. What a package holds is in
// tests/teaching, how it runs in tests/site.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/command.ts';
import { packageCommand } from '../../src/cli/package.ts';
import { folderOf } from './command-line.ts';

test('one form, a file and a real address are asked for', async () => {
  const folder = folderOf({});
  const terminal = { folder: folder.path, out: () => undefined, err: () => undefined };
  for (const [args, found] of [
    [['--out', 'a.zip'], 'expected one of --scorm 1.2, --scorm 2004, --cmi5, found none'],
    [['--scorm', '1.2', '--cmi5', '--out', 'a.zip'], "found '--scorm 1.2 --cmi5'"],
    [['--scorm', '3', '--out', 'a.zip'], "found '--scorm 3'"],
    [['--cmi5'], 'expected --out FILE.zip, found none'],
    [['--cmi5', '--out', 'a.zip', '--site', 'course.example'], "found 'course.example': correct it"],
  ] as const) {
    const asked = packageCommand.run(args, terminal);
    await expect(asked).rejects.toThrow(UsageError);
    await expect(asked).rejects.toThrow(found);
  }
  expect(readdirSync(folder.path)).toEqual([]);
  folder.remove();
});
