// The apps behind both balancers: their places, and who is next. Knows no protocol.
// Used by l4.ts and l7.ts, each with a list of its own.

export interface App {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  up: boolean;
}

/** From `name=host:port`, apart by spaces. All begin as up: the first check says otherwise. */
export function appsFrom(text: string): App[] {
  return text.split(' ').map((each) => {
    const [, name = '', host = '', port = ''] = /^(\w+)=([^:]+):(\d+)$/.exec(each) ?? [];
    if (port === '') throw new Error(`APPS: expected name=host:port, found '${each}': correct APPS`);
    return { name, host, port: Number(port), up: true };
  });
}

/** Each that is up, in turn. */
export function inTurn(apps: readonly App[]): () => App | undefined {
  let turn = 0;
  return () => {
    const up = apps.filter((app) => app.up);
    return up[turn++ % up.length];
  };
}

/** Asks `isWell` of each app at an interval, for ever; two answers in a row move an app. */
export function watch(
  apps: readonly App[],
  intervalMs: number,
  isWell: (app: App) => Promise<boolean>,
): void {
  for (const app of apps) {
    let inARow = 0;
    const check = async (): Promise<void> => {
      inARow = (await isWell(app)) === app.up ? 0 : inARow + 1;
      if (inARow === 2) {
        app.up = !app.up;
        inARow = 0;
        console.log(`${app.name} is ${app.up ? 'in' : 'out of'} rotation`);
      }
      setTimeout(check, intervalMs);
    };
    setTimeout(check, intervalMs);
  }
}
