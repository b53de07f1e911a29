// What the host is asked to do, from its environment and its dials: which guests, on how many cores, with what weights.
// Pure. Refuses what makes no sense, and says what would. Used by host.ts.

export interface Settings {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly guestBytes: number;
  readonly scheduler: string;
  /** Guests that sleep until they are asked: names. Each runs the program `serve`. */
  readonly servants: readonly string[];
  /** How many guests that never sleep: spin1, spin2, … */
  readonly spinners: number;
  /** Programs of further guests, each under its own name: `wild`, `clock`. */
  readonly extras: readonly string[];
  readonly weights: ReadonlyMap<string, number>;
  /** In percent of one core. */
  readonly caps: ReadonlyMap<string, number>;
}

export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    cores: number(env, 'CORES', 2, 1, 16),
    memoryBytes: number(env, 'MEMORY_KIB', 512, 64, 65536) * 1024,
    guestBytes: number(env, 'GUEST_KIB', 64, 8, 4096) * 1024,
    scheduler: env['SCHEDULER'] ?? 'credit',
    servants: words(env['SERVANTS'] ?? 'web batch'),
    spinners: number(env, 'SPINNERS', 3, 0, 32),
    extras: words(env['EXTRAS']),
    weights: numbers(env, 'WEIGHTS', 1, 10_000),
    caps: numbers(env, 'CAPS', 1, 100),
  };
}

type Env = Readonly<Record<string, string | undefined>>;

function words(text = ''): string[] {
  return text.split(' ').filter((word) => word !== '');
}

function number(env: Env, name: string, otherwise: number, least: number, most: number): number {
  const text = env[name];
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(
    `${name}: expected a whole number from ${least} to ${most}, found '${text}': correct ${name}`,
  );
}

/** `spin1=100 spin2=200` */
function numbers(env: Env, name: string, least: number, most: number): Map<string, number> {
  return new Map(
    words(env[name]).map((word) => {
      const [, guest = '', digits] = /^(\w+)=(\d+)$/.exec(word) ?? [];
      const value = Number(digits);
      if (value >= least && value <= most) return [guest, value] as const;
      throw new Error(`${name}: expected guest=${least} to ${most}, found '${word}': correct ${name}`);
    }),
  );
}
