// An authoritative server: has one zone, and answers questions about it. Wiring only; lookup.ts finds, door.ts speaks.
// Refuses to start with a zone that has mistakes, and to change to one. Questions about other zones are REFUSED.
// Environment: PORT, ZONE (a name in zones.ts), ZONE_FILE (its text from a file). Dials: any, with lines of a zone file.
import { channel } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { onDials } from '../_shared/dials.ts';
import { bare, open, type Reply } from './door.ts';
import { lookUp } from './lookup.ts';
import type { Question } from './message.ts';
import { isWithin } from './names.ts';
import { changeZone, readZone, type Zone, ZoneRefused } from './zone.ts';
import { zones } from './zones.ts';

const origin = process.env.ZONE ?? '100xglobal.com.';
const file = process.env.ZONE_FILE;
const told = channel('brownout:query');
const state = channel('brownout:state');
let turn = 0;
let queries = 0;
let zone = load();

function load(): Zone {
  try {
    return readZone(file === undefined ? (zones[origin] ?? '') : readFileSync(file, 'utf8'), origin);
  } catch (error) {
    console.error(
      `${file ?? `zones.ts, ${origin}`} is refused\n${error instanceof Error ? error.message : error}`,
    );
    process.exit(1);
  }
}

function answer({ name, type }: Question): Reply {
  queries++;
  // 251 to 254 are for copying whole zones, and other things that this server does not do.
  const isOurs = isWithin(name, zone.origin) && !/^TYPE25[1-4]$/.test(type);
  const reply = isOurs ? lookUp(zone, name, type, turn++) : bare('REFUSED');
  told.publish({ name, type, code: reply.code });
  return reply;
}

/** `{"app": "@ 5 A 10.0.0.7"}`: the zone with these lines in it, or the old zone where that would be wrong. */
onDials((values) => {
  for (const lines of Object.values(values)) {
    if (typeof lines !== 'string') throw new Error('expected lines of a zone file');
    try {
      zone = changeZone(zone, lines);
      console.log(`${zone.origin} changed: ${lines.replaceAll('\n', ' | ')}`);
    } catch (error) {
      if (!(error instanceof ZoneRefused)) throw error;
      console.error(error.message);
    }
  }
});

const port = await open(Number(process.env.PORT ?? 5301), false, answer);
console.log(`serves ${origin} on port ${port}`);
setInterval(() => {
  state.publish({ queriesPerSecond: queries });
  queries = 0;
}, 1000);
