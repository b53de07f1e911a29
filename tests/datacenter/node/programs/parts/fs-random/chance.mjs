// Chance from a seed, the same on every engine, and what the random calls choose from: few names, so that they
// meet, written in the ways that a path can be written. Used by calls.mjs.

/** Numbers from a seed (mulberry32): `below(n)` gives 0 to n - 1. */
export function chanceOf(seed) {
  let state = seed >>> 0;
  const below = (count) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
  return { below, pick: (list) => list[below(list.length)], isOneIn: (count) => below(count) === 0 };
}

const NAMES = ['a', 'b', 'c', 'd'];
const FLAGS = ['r', 'r+', 'rs+', 'w', 'wx', 'w+', 'wx+', 'a', 'ax', 'a+', 'ax+'];
/**
 * O_CREAT, O_RDWR, O_TRUNC, O_DIRECTORY, O_NOFOLLOW, O_EXCL, O_APPEND in some company; not O_CREAT with O_DIRECTORY,
 * which kernels before 6.4 take for something else.
 */
const FLAG_NUMBERS = [
  0o100, 0o101, 0o300, 0o1000, 0o1002, 0o200000, 0o200002, 0o200001, 0o400000, 0o400100, 0o2102, 0o1,
];

/** What random calls are given. `root` is the folder that they stay in. */
export function choicesOf(seed, root) {
  const chance = chanceOf(seed);
  const { below, pick, isOneIn } = chance;
  const plain = () => {
    const names = [pick(NAMES)];
    while (names.length < 4 && isOneIn(3)) names.push(isOneIn(6) ? '..' : isOneIn(12) ? '.' : pick(NAMES));
    return names.join(isOneIn(25) ? '//' : '/');
  };
  const ended = (path) => (isOneIn(8) ? `${path}/` : isOneIn(40) ? `${path}/.` : path);
  return {
    ...chance,
    path: () => ended(isOneIn(10) ? `./${plain()}` : isOneIn(6) ? `${root}/${plain()}` : plain()),
    /** What a symbolic link may hold: a way out of its folder, a way in, or nothing that is there. */
    target: () => ended(isOneIn(5) ? `${root}/${plain()}` : isOneIn(4) ? `../${plain()}` : plain()),
    flags: () => (isOneIn(3) ? pick(FLAG_NUMBERS) : pick(FLAGS)),
    mode: () =>
      isOneIn(6) ? pick([0o000, 0o200, 0o300, 0o400, 0o500, 0o555]) : pick([0o600, 0o644, 0o755, 0o777]),
    size: () => (isOneIn(4) ? pick([0, 4095, 4096, 4097, 9000]) : below(40)),
    bytes: (size) => Buffer.alloc(size, `${below(10)}${pick(NAMES)}`),
    seconds: () => pick([0, 1, 1.5, 86_400.25, 1_000_000_000, 2_000_000_000]),
  };
}
