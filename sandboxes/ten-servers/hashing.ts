// Consistent hashing with bounded loads: a key has a home, and overflows to the next server only when its home is full.
// Each server has a hundred places on a ring; a key belongs to the first place after its own
// (Mirrokni, Thorup, Zadimoghaddam 2016). Refuses nothing: with a factor above 1 some server always has room.
// Called through pick.ts.
import type { Pick } from './pick.ts';

const PLACES = 100;

/** Spreads whole numbers over 0 to 2³² - 1; equal numbers stay equal (murmur3's finalizer). */
function spread(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

// #region hashed
/** `salt` moves every place and key: balancers that should agree must have the same. */
export function hashed(servers: number, factor: number, salt: number): Pick {
  const ring = Array.from({ length: servers * PLACES }, (_, place) => ({
    at: spread(spread(place + 1_000_003) ^ salt),
    server: place % servers,
  })).sort((a, b) => a.at - b.at);

  return (inFlight, key) => {
    const total = inFlight.reduce((sum, count) => sum + count, 0) + 1;
    const most = Math.ceil((factor * total) / servers);
    const at = spread(spread(key) ^ salt);
    let place = ring.findIndex((one) => one.at >= at);
    if (place < 0) place = 0;
    for (let step = 0; step < ring.length; step++) {
      const { server } = ring[(place + step) % ring.length] ?? { server: 0 };
      if ((inFlight[server] ?? 0) < most) return server;
    }
    return 0;
  };
}
// #endregion
