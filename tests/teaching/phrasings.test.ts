// Which answers a pattern stands for, and which patterns cannot be told. Every answer that is listed must be accepted
// by the page as well.
import { expect, test } from 'vitest';
import { accepts } from '../../src/grading/short-text.ts';
import { phrasings } from '../../src/teaching/phrasings.ts';

test.each([
  ['a', ['a']],
  ['no ?data', ['nodata', 'no data']],
  ['work[- ]conserving', ['work-conserving', 'work conserving']],
  ['idempoten(?:ce|cy)', ['idempotence', 'idempotency']],
  ['(?:an? )?b|c', ['b', 'a b', 'an b', 'c']],
  ['nx(?: \\(3\\))?', ['nx', 'nx (3)']],
  ['a|a', ['a']],
])('%s', (pattern, expected) => {
  const found = phrasings(pattern);
  expect([...(found ?? [])].sort()).toEqual([...expected].sort());
  for (const answer of found ?? []) expect(accepts(pattern, answer)).toBe(true);
});

test.each([
  'a*',
  'a+',
  'a.b',
  '[a-z]',
  '[^a]',
  'a{2}',
  '\\d',
  'a??',
  '(?=a)',
  '(?:a|b)?(?:c|d)?(?:e|f)?(?:g|h)?[1234]',
  '^a$',
])('%s is too much, or not understood', (pattern) => expect(phrasings(pattern)).toBeNull());
